/** The sentences of the browser's side. */
import type { Described } from './group.ts'

export interface Unit {
  unit: string
  decimals: number
}

export type Units = Readonly<Record<string, Unit>>

const ALGO: Unit = { unit: 'ALGO', decimals: 6 }

/** Base units as people write them: 9,000 ALGO. */
export function money(amount: bigint, unit: Unit = ALGO): string {
  return `${number(amount, unit.decimals)} ${unit.unit}`
}

/** Base units, grouped by thousands, without trailing zeros. */
export function number(amount: bigint, decimals: number): string {
  const text = amount.toString().padStart(decimals + 1, '0')
  const whole = text.slice(0, text.length - decimals).replace(/\B(?=(\d{3})+$)/g, ',')
  const fraction = text.slice(text.length - decimals).replace(/0+$/, '')
  return fraction === '' ? whole : `${whole}.${fraction}`
}

export function short(address: string): string {
  return `${address.slice(0, 4)}…${address.slice(-4)}`
}

/** One transaction in words. Rekeying and closing are said loudly. */
export function transaction(one: Described, units: Units): string {
  const rekeys = one.rekeyTo === null ? '' : ` REKEYS your account to ${one.rekeyTo}.`
  return `${act(one, units)}${rekeys}`
}

function act(one: Described, units: Units): string {
  const { action } = one
  switch (action.kind) {
    case 'payment': {
      const closes = action.closeTo === null ? '' : ` CLOSES your account to ${action.closeTo}.`
      return `${short(one.sender)} pays ${money(action.amount)} to ${action.receiver}.${closes}`
    }
    case 'transfer': {
      const unit = units[String(action.assetId)] ?? { unit: `base units of asset ${action.assetId}`, decimals: 0 }
      if (action.amount === 0n && action.receiver === one.sender && action.closeTo === null) {
        return `${short(one.sender)} opts in to ${unit.unit}.`
      }
      const closes = action.closeTo === null ? '' : ` CLOSES your holding to ${action.closeTo}.`
      return `${short(one.sender)} transfers ${money(action.amount, unit)} to ${action.receiver}.${closes}`
    }
    case 'call': {
      const known = KNOWN[`${action.contract}.${action.method}`]
      if (known !== undefined) return `${short(one.sender)} ${known(action.args)} (${action.contract}.${action.method}).`
      const args = Object.entries(action.args).map(([name, value]) => `${name} ${value}`)
      const name = action.contract === null ? `app ${action.appId}` : action.contract
      return `${short(one.sender)} calls ${name}.${action.method ?? '(unknown method)'}${args.length > 0 ? `: ${args.join(', ')}` : ''}.`
    }
    case 'other':
      return `A transaction of the kind ${action.type}.`
  }
}

type Arguments = Readonly<Record<string, string>>

const invoice = (args: Arguments): string => `invoice ${args['agreementId']}/${args['epochId']}`
const note = (args: Arguments): string => `note ${args['note']} on ${invoice(args)}`
const because = (args: Arguments): string => `, its reason having the SHA-256 ${args['reasonHash']}`

const ISSUED: Readonly<Record<string, (kwh: string) => string>> = {
  '1': (kwh) => `credits ${kwh} kWh`,
  '2': (kwh) => `debits ${kwh} kWh`,
  '4': (kwh) => `bills a shortfall of ${kwh} kWh`,
}

function issued(args: Arguments): string {
  const { kind = '', kWhAmount = '' } = args
  const act = ISSUED[kind]?.(number(BigInt(kWhAmount), 0)) ?? `issues a note of the unknown kind ${kind} over ${kWhAmount} kWh`
  return `${act} on ${invoice(args)}${because(args)}`
}

const energy = (wh = '0'): string => `${number(BigInt(wh), 3)} kWh`
const power = (units = '0'): string => `${number(BigInt(units), 3)} kW`
const eur = (price = '0'): string => `${number(BigInt(price), 8)} EUR/kWh`

/** The last second that a date can say. */
const LAST_DATE = 8_640_000_000_000n

function until(ts = '0'): string {
  if (ts === '0') return 'until it is cancelled'
  return BigInt(ts) > LAST_DATE ? `until second ${ts}` : `until ${new Date(Number(ts) * 1000).toISOString()}`
}

/** What calls of buyers, holders and the market do, and those of notes, in words; all their arguments are said. Others are
 * told by their names. */
const KNOWN: Readonly<Record<string, (args: Arguments) => string>> = {
  'PPA.settlePayment': (args) => `settles ${invoice(args)} with the payment before`,
  'PPA.settlePaymentAsset': (args) => `settles ${invoice(args)} with the transfer before`,
  'PPA.settleNote': (args) => `settles ${note(args)} with the payment before`,
  'PPA.settleNoteAsset': (args) => `settles ${note(args)} with the transfer before`,
  'PPA.voidInvoice': (args) => `voids ${invoice(args)}${because(args)}`,
  'PPA.issueNote': issued,
  'PPA.issueInterest': (args) => `charges the late interest of ${invoice(args)}`,
  'PPA.applyCredit': (args) => `sets ${note(args)} against invoice ${args['agreementId']}/${args['toEpochId']}`,
  'PPA.releaseCredit': (args) => `opens ${note(args)} again, and takes it off the invoice that it is set against`,
  'PPA.voidNote': (args) => `voids ${note(args)}${because(args)}`,
  'PPA.acceptAgreement': (args) => `accepts agreement ${args['agreementId']}, its terms having the SHA-256 ${args['termsHash']}`,
  'RevenueVault.claim': (args) =>
    `has the vault pay ${args['holder']} their share of deposit ${args['depositId']}, by checkpoint ${args['checkpointIndex']}`,
  'RevenueVault.transfer': (args) => `transfers ${power(args['units'])} to ${args['receiver']}`,
  'OfferBook.transferEnergy': (args) => `gives ${energy(args['amountWh'])} of credit to ${args['receiver']}`,
  'OfferBook.consumeEnergy': (args) => `uses up ${energy(args['amountWh'])} of credit`,
  'OfferBook.createEnergyOffer': (args) =>
    `offers ${energy(args['amountWh'])} at ${eur(args['pricePerKwh'])}, ${until(args['expiryTs'])}`,
  'OfferBook.createEnergyBuyOffer': (args) =>
    `asks for ${energy(args['amountWh'])} at up to ${eur(args['maxPricePerKwh'])}, ${until(args['expiryTs'])}`,
  'OfferBook.cancelEnergyOffer': (args) => `cancels sell offer ${args['offerId']}`,
  'OfferBook.cancelEnergyBuyOffer': (args) => `cancels buy offer ${args['offerId']}`,
  'OfferBook.closeTradingAccount': () => 'closes the trading account',
}

/** An invoice as the chain has it. Amounts are base units. */
export interface Bill {
  kwh: bigint
  price: bigint
  amount: bigint
  /** What is to be paid: less the credits that are set against it. */
  due: bigint
  credits: bigint
  epoch: number
  /** Of its agreement. */
  terms: { price: bigint; escalatorBps: bigint; firstEpoch: number }
  /** The month's readings in Wh and the total that they are said to be, where the page shows them. */
  readings: { wh: readonly bigint[]; recordedWh: bigint } | null
}

/** An invoice, computed again in the browser from readings and terms, against what is asked for. */
export function checked(bill: Bill, unit: Unit): string {
  const ask = 'Ask the operator before you pay.'
  const lines: string[] = []
  if (bill.readings !== null) {
    const { wh, recordedWh } = bill.readings
    const total = wh.reduce((sum, one) => sum + one, 0n)
    const sum = `${wh.length} readings add up to ${number(total, 3)} kWh`
    if (total !== recordedWh) return `NOT AS RECORDED: ${sum}, but ${number(recordedWh, 3)} kWh are allocated from. ${ask}`
    if (bill.kwh * 1000n > total) return `NOT AS RECORDED: ${sum}, less than is billed. ${ask}`
    lines.push(`${sum}, of which ${number(bill.kwh, 0)} kWh are billed here`)
  }
  const agreed = priceIn(bill.terms.price, bill.terms.escalatorBps, bill.terms.firstEpoch, bill.epoch)
  if (agreed !== bill.price) {
    return `NOT AS AGREED: the terms come to ${money(agreed, unit)}/kWh, but ${money(bill.price, unit)}/kWh is asked for. ${ask}`
  }
  const own = bill.kwh * bill.price
  lines.push(`${number(bill.kwh, 0)} kWh × ${money(bill.price, unit)}/kWh = ${money(own, unit)}`)
  if (own !== bill.amount) return `NOT AS COMPUTED: ${lines.join('; ')}, but the invoice says ${money(bill.amount, unit)}. ${ask}`
  if (bill.credits > 0n) lines.push(`less credits of ${money(bill.credits, unit)}: ${money(own - bill.credits, unit)}`)
  if (own - bill.credits !== bill.due) return `NOT AS COMPUTED: ${lines.join('; ')}, but ${money(bill.due, unit)} are asked for. ${ask}`
  return `Checked: ${lines.join('; ')}.`
}

/** The price in a month, compounded from the base price and rounded once, half up, as the contract does it. */
export function priceIn(base: bigint, escalatorBps: bigint, firstEpoch: number, epoch: number): bigint {
  const months = (id: number): number => Math.floor(id / 100) * 12 + (id % 100)
  const years = BigInt(Math.floor((months(epoch) - months(firstEpoch)) / 12))
  const whole = 10_000n ** years
  return (2n * base * (10_000n + escalatorBps) ** years + whole) / (2n * whole)
}

/** Why a failure of the browser's side happened, and what helps. */
export interface Told {
  sentence: string
  advice: string
}

export const said = {
  waiting: 'Waiting for your wallet. You sign:',
  building: 'Preparing…',
  sent: 'Sent. Waiting for its confirmation.',
  confirmed: (round: number) => `Confirmed in round ${round.toLocaleString('en-US')}.`,
  connectFirst: { sentence: 'No wallet is connected.', advice: 'Connect a wallet at the top of the page.' },
  interrupted: {
    sentence: 'The page was closed before the wallet had signed: nothing was sent.',
    advice: 'Try again.',
  },
  cancelled: { sentence: 'You have cancelled: nothing was sent.', advice: 'Try again when you like.' },
  rejected: (why: string): Told => ({
    sentence: `The wallet has not signed${why === '' ? '' : `: ${sentence(why)}`}`.replace(/\.?$/, '.'),
    advice: 'Nothing was sent. Try again.',
  }),
  partlySigned: (signed: number, all: number): Told => ({
    sentence: `The wallet has signed ${signed} of ${all} transactions.`,
    advice: 'Nothing was sent. Connect the wallet that holds the account, and try again.',
  }),
  notAsShown: (why: string): Told => ({
    sentence: `What came to be signed is not what the page has shown: ${sentence(why)}`.replace(/\.?$/, '.'),
    advice: 'The wallet was not asked, and nothing was sent. Reload the page; if it happens again, do not use this portal.',
  }),
  notTheServer: {
    sentence: 'The portal does not answer.',
    advice: 'Look whether `gridpact portal` runs, and try again.',
  },
  noWallets: (why: string): Told => ({
    sentence: `The LocalNet's wallets cannot be read: ${sentence(why)}`.replace(/\.?$/, '.'),
    advice: 'Look whether the LocalNet runs (`python -m localnet status`), and try again.',
  }),
  notConnected: (why: string): Told => ({
    sentence: `No wallet was connected${why === '' ? '' : `: ${sentence(why)}`}`.replace(/\.?$/, '.'),
    advice: 'Choose a wallet, and connect again.',
  }),
  otherAccount: (needed: string, active: string) =>
    `Only ${short(needed)} can sign this; you are connected as ${short(active)}.`,
  notInWallet: (needed: string) => `Your wallet has no account ${short(needed)}. Connect the wallet that holds it.`,
  left: (wh: bigint): string =>
    wh < 0n ? `${number(-wh, 3)} kWh too much.` : `${number(wh, 3)} kWh remain after this.`,
  wholeKwh: 'Energy is allocated in whole kWh.',
  copied: 'Copied.',
  copyByHand: 'Press Ctrl+C (on a Mac ⌘C) to copy what is selected.',
  otherChain: (page: string, now: string) =>
    page === now
      ? `The ${page} began anew: this page was read again. What was connected and done on the one before is gone.`
      : `The portal is on ${now} now, not on ${page} any more: this page was read again, and nothing is connected.`,
} as const

function sentence(text: string): string {
  return text.trim().slice(0, 300)
}
