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
      const args = Object.entries(action.args).map(([name, value]) => `${name} ${value}`)
      const name = action.contract === null ? `app ${action.appId}` : action.contract
      return `${short(one.sender)} calls ${name}.${action.method ?? '(unknown method)'}${args.length > 0 ? `: ${args.join(', ')}` : ''}.`
    }
    case 'other':
      return `A transaction of the kind ${action.type}.`
  }
}

/** An invoice, computed again in the browser: what the energy costs at the price, against what is asked for. */
export function checked(kwh: bigint, price: bigint, amount: bigint, unit: Unit): string {
  const own = kwh * price
  const sum = `${number(kwh, 0)} kWh × ${money(price, unit)}/kWh = ${money(own, unit)}`
  if (own === amount) return `Checked: ${sum}.`
  return `NOT AS COMPUTED: ${sum}, but ${money(amount, unit)} are asked for. Ask the operator before you pay.`
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
  otherAccount: (needed: string, active: string) =>
    `Only ${short(needed)} can sign this; you are connected as ${short(active)}.`,
  notInWallet: (needed: string) => `Your wallet has no account ${short(needed)}. Connect the wallet that holds it.`,
  copied: 'Copied.',
  copyByHand: 'Press Ctrl+C (on a Mac ⌘C) to copy what is selected.',
  wrongNetwork: (page: string, now: string) =>
    `This page is for ${page}, but the portal is on ${now} now. Reload the page.`,
} as const

function sentence(text: string): string {
  return text.trim().slice(0, 300)
}
