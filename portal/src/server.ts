/** The portal's server, as the page talks to it. */
import { Refused, type Built, type Server, type Submitted } from './act.ts'
import { said, type Told } from './words.ts'

/** Where the page asks for a part of itself: what a file holds. */
export interface Looker {
  look(path: string, body: Record<string, unknown>): Promise<string>
}

/** Every request carries the page's token: another origin does not know it. */
export function server(token: string, fetcher: typeof fetch = (...request) => fetch(...request)): Server & Looker {
  const post = async <T>(path: string, body: unknown): Promise<T> => {
    let answer: Response
    try {
      answer = await fetcher(path, {
        method: 'POST',
        mode: 'same-origin',
        headers: { 'Content-Type': 'application/json', 'X-CSRF-Token': token },
        body: JSON.stringify(body),
      })
    } catch {
      throw new Refused(said.notTheServer)
    }
    const content = (await answer.json().catch(() => null)) as (T & Partial<Told>) | null
    if (content === null) throw new Refused(said.notTheServer)
    if (!answer.ok) throw new Refused({ sentence: content.sentence ?? said.notTheServer.sentence, advice: content.advice ?? '' })
    return content
  }
  return {
    build: (path, body) => post<Built>(path, body),
    submit: (signed) => post<Submitted>('/submit', { signed }),
    look: async (path, body) => (await post<{ html: string }>(path, body)).html,
  }
}
