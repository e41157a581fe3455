/** What a form on the page has shown, and what it asks for. */
import type { Action } from './act.ts'
import type { ExpectedCall, ExpectedPayment } from './check.ts'

/** What stands in a form's `data-shown`, or in that of a row that is chosen in it. */
interface Shown {
  calls?: ExpectedCall[]
  payments?: ExpectedPayment[]
  isOpen?: boolean
}

/** A name of a field in braces stands for what was typed there; with decimals, for its base units. */
const FIELD = /^\{([a-z_]+)(?::(\d+))?\}$/

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
    const found = FIELD.exec(text)
    if (found?.[1] === undefined) return text
    const typed = String(body[found[1]] ?? '').replaceAll(',', '')
    return found[2] === undefined ? typed : baseUnits(typed, Number(found[2]))
  }
  const calls = parts.flatMap((one) => one.calls ?? [])
  const chosen = Object.values(body).flat().filter((one) => one !== '' && String(one).length <= 128).join(' ')
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
      payments: parts
        .flatMap((one) => one.payments ?? [])
        .map((one) => ({ ...one, receiver: fill(one.receiver), amount: fill(one.amount) })),
      isOpen: parts.some((one) => one.isOpen === true),
    },
    isReviewed: attributes['review'] !== undefined,
  }
}

/** Base units of a decimal number; nothing is 0, and what is no such number stays as it is: no group fits it. */
export function baseUnits(text: string, decimals: number): string {
  if (text === '') return '0'
  const found = /^(\d*)\.?(\d*)$/.exec(text)
  if (found === null) return text
  const fraction = (found[2] ?? '').replace(/0+$/, '')
  if (fraction.length > decimals) return text
  return BigInt(`${found[1] ?? ''}${fraction.padEnd(decimals, '0')}` || '0').toString()
}
