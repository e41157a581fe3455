/** What a form on the page has shown, and what it asks for. */
import type { Action } from './act.ts'
import type { ExpectedCall, ExpectedPayment } from './check.ts'

/** What stands in a form's `data-shown`, or in that of a row that is chosen in it. */
interface Shown {
  calls?: ExpectedCall[]
  payments?: ExpectedPayment[]
  isOpen?: boolean
}

/** A name of a field in braces stands for what was typed there. */
const FIELD = /^\{([a-z_]+)\}$/

/**
 * The action of a form with `data-action`.
 *
 * @param data what is typed, by name
 * @param shown the `data-shown` of the form and of each chosen row
 */
export function actionOf(
  attributes: Readonly<Record<string, string | undefined>>,
  data: Iterable<[string, unknown]>,
  shown: readonly string[],
): Action {
  const body: Record<string, unknown> = {}
  for (const [name, value] of data) {
    const text = typeof value === 'string' ? value.trim() : ''
    if (name.endsWith('[]')) {
      const list = name.slice(0, -2)
      body[list] = [...((body[list] as string[] | undefined) ?? []), text]
    } else body[name] = text
  }
  const parts = shown.map((one) => JSON.parse(one) as Shown)
  const fill = (text: string): string => {
    const name = FIELD.exec(text)?.[1]
    return name === undefined ? text : String(body[name] ?? '')
  }
  const calls = parts.flatMap((one) => one.calls ?? [])
  const chosen = Object.values(body).flat().filter((one) => one !== '').join(' ')
  return {
    key: `${attributes['action']} ${chosen}`,
    label: attributes['label'] ?? '',
    path: attributes['action'] ?? '',
    body,
    shown: {
      calls: calls.map((one) => ({
        ...one,
        args: Object.fromEntries(Object.entries(one.args ?? {}).map(([name, value]) => [name, fill(value)])),
      })),
      payments: parts.flatMap((one) => one.payments ?? []),
      isOpen: parts.some((one) => one.isOpen === true),
    },
    isReviewed: attributes['review'] !== undefined,
  }
}
