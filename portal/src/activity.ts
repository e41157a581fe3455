/** What was done on this page and how it stands, kept in the browser: it survives a reload. */

export type State =
  | { kind: 'building' }
  | { kind: 'review'; lines: string[] }
  | { kind: 'waiting'; lines: string[] }
  | { kind: 'sent'; ids: string[] }
  | { kind: 'confirmed'; ids: string[]; round: number; lines: string[] }
  | { kind: 'refused'; sentence: string; advice: string; canRetry: boolean }
  | { kind: 'done'; lines: string[] }

export interface Entry {
  /** What it is about: two entries with one key are one thing. */
  key: string
  /** In words: Pay invoice 1/202602. */
  label: string
  state: State
  /** Signed groups that are not known to be confirmed or refused, base64. */
  signed?: string[][] | undefined
}

export interface Storage {
  getItem(name: string): string | null
  setItem(name: string, value: string): void
}

const MOST = 12

/** The browser's list. Another tab may write it, too: it is read anew each time. */
export class Activity {
  readonly #storage: Storage
  readonly #name: string

  /**
   * @param storage the browser's
   * @param chain what tells two chains apart
   */
  constructor(storage: Storage, chain: string) {
    this.#storage = storage
    this.#name = `gridpact.activity.${chain}`
  }

  /** Newest first. */
  entries(): Entry[] {
    try {
      const found: unknown = JSON.parse(this.#storage.getItem(this.#name) ?? '[]')
      return Array.isArray(found) ? (found as Entry[]) : []
    } catch {
      return []
    }
  }

  get(key: string): Entry | undefined {
    return this.entries().find((one) => one.key === key)
  }

  put(entry: Entry): void {
    const others = this.entries().filter((one) => one.key !== entry.key)
    const kept = others.filter((one, index) => index < MOST - 1 || one.signed !== undefined)
    this.#storage.setItem(this.#name, JSON.stringify([entry, ...kept]))
  }

  remove(key: string): void {
    this.#storage.setItem(this.#name, JSON.stringify(this.entries().filter((one) => one.key !== key)))
  }

  /** Forgets what was confirmed after a round: the chain was reset, or went back. */
  forgetAfter(round: number): void {
    const kept = this.entries().filter((one) => one.state.kind !== 'confirmed' || one.state.round <= round)
    this.#storage.setItem(this.#name, JSON.stringify(kept))
  }
}
