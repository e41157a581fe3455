/** What a form on the page has shown, and what it asks for. */
import type { Action } from './act.ts'
import type { ExpectedCall, ExpectedPayment } from './check.ts'
import type { Units } from './words.ts'

/** What stands in a form's `data-shown`, or in that of a row that is chosen in it. */
interface Shown {
  calls?: ExpectedCall[]
  payments?: ExpectedPayment[]
  isOpen?: boolean
}

/**
 * A name of a field in braces stands for what was typed there: `{kwh}`; of an invoice's name one half: `{invoices/0}`;
 * of a number its base units, the decimals being given or those of the asset that another field names: `{price:8}`,
 * `{amount:@asset}`; of a time in UTC its seconds: `{expiry:utc}`.
 */
const FIELD = /^\{([a-z0-9_]+)(?:\/(\d))?(?::(\d+|utc|@[a-z_]+))?\}$/

/** The end of a method that has a twin for assets: `depositNetRevenue{asset?}`. */
const FOR_ASSET = /\{([a-z_]+)\?\}$/

/**
 * The action of a form with `data-action`.
 *
 * @param data what is typed, by name
 * @param shown the `data-shown` of the form and of each row that is chosen or filled in
 * @param units assets that the page knows, by id
 */
export function actionOf(
  attributes: Readonly<Record<string, string | undefined>>,
  data: Iterable<[string, unknown]>,
  shown: readonly string[],
  units: Units = {},
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
  /** Null where the page cannot know the figure: it does not know the asset. */
  const fill = (text: string): string | null => {
    const found = FIELD.exec(text)
    if (found?.[1] === undefined) return text
    const [, name, half, how] = found
    const whole = String(body[name as string] ?? '').replaceAll(',', '')
    const typed = half === undefined ? whole : (whole.split('/')[Number(half)] ?? '')
    if (how === undefined) return typed
    if (how === 'utc') return seconds(typed)
    if (!how.startsWith('@')) return baseUnits(typed, Number(how))
    const unit = units[String(body[how.slice(1)] || '0')]
    return unit === undefined ? null : baseUnits(typed, unit.decimals)
  }
  const filled = (args: Record<string, string>): Record<string, string> =>
    Object.fromEntries(
      Object.entries(args).flatMap(([name, text]) => {
        const value = fill(text)
        return value === null ? [] : [[name, value]]
      }),
    )
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
        method: one.method.replace(FOR_ASSET, (_, name: string) => (Number(body[name]) > 0 ? 'Asset' : '')),
        args: filled(one.args ?? {}),
      })),
      payments: parts
        .flatMap((one) => one.payments ?? [])
        .map((one) => ({
          receiver: fill(one.receiver) ?? '',
          amount: fill(one.amount) ?? '',
          assetId: fill(one.assetId) || '0',
        })),
      isOpen: parts.some((one) => one.isOpen === true),
    },
    isReviewed: attributes['review'] !== undefined,
  }
}

/** Unix time of a date and time in UTC; nothing is 0, and what is no time fits no group. */
function seconds(text: string): string {
  if (text === '') return '0'
  const at = Date.parse(`${text}${/(?:Z|[+-]\d\d:\d\d)$/.test(text) ? '' : 'Z'}`)
  return Number.isNaN(at) ? text : String(Math.floor(at / 1000))
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
