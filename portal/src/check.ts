/** Whether a group does what the page has shown, and nothing else. It is asked before the wallet is. */
import algosdk from 'algosdk'
import type { AppIds, Described, Group } from './group.ts'
import type { Contract } from './methods.ts'

/** A call that the page has shown. */
export interface ExpectedCall {
  contract: Contract
  method: string
  /** Arguments that the page has shown; others are free. */
  args?: Record<string, string> | undefined
}

/** Money that the page has shown. */
export interface ExpectedPayment {
  receiver: string
  amount: string
  /** 0 is ALGO. */
  assetId: string
}

export interface Expectation {
  /** Who is connected. */
  sender: string
  genesisHash: string
  /** Every call of the group is one of these, and each of these is there as often as it is named. */
  calls: readonly ExpectedCall[]
  payments: readonly ExpectedPayment[]
  /** Whether `calls` name kinds of calls, of which there may be any number. */
  isOpen?: boolean | undefined
}

/** What a group may put into the contracts for the storage that it needs, in microALGO. */
export const MOST_DEPOSIT = 2_000_000n
/** What a group may cost in fees, in microALGO. */
export const MOST_FEES = 100_000n

export class NotAsShown extends Error {}

/**
 * @throws NotAsShown with the first difference, as a sentence
 */
export function requireAsShown(group: Group, expected: Expectation, apps: AppIds): void {
  for (const one of group.described) requireHarmless(one, expected)
  const fees = group.described.reduce((sum, one) => sum + one.fee, 0n)
  if (fees > MOST_FEES) throw new NotAsShown(`its fees are ${fees} microALGO`)
  requirePayments(group.described, expected, apps)
  requireCalls(group.described, expected)
}

function requireHarmless(one: Described, expected: Expectation): void {
  if (one.genesisHash !== expected.genesisHash) throw new NotAsShown('it is for another network')
  if (one.sender !== expected.sender) throw new NotAsShown(`it is sent by ${one.sender}, not by you`)
  if (one.rekeyTo !== null) throw new NotAsShown(`it hands your account over to ${one.rekeyTo} (rekey)`)
  const { action } = one
  if (action.kind === 'other') throw new NotAsShown(`it holds a transaction of the kind ${action.type}`)
  if (action.kind === 'call') {
    if (action.contract === null) throw new NotAsShown(`it calls app ${action.appId}, which is none of the portal's`)
    if (action.method === null) throw new NotAsShown(`it calls an unknown method of ${action.contract}`)
    if (!action.isPlain) throw new NotAsShown(`its call of ${action.contract} does more than call`)
    return
  }
  if (action.closeTo !== null) throw new NotAsShown(`it empties your account to ${action.closeTo} (close)`)
  if (action.kind === 'transfer' && action.clawedFrom !== null) throw new NotAsShown('it is a clawback')
}

function requirePayments(described: readonly Described[], expected: Expectation, apps: AppIds): void {
  const left = [...expected.payments]
  const own = new Set(Object.values(apps).map((id) => algosdk.getApplicationAddress(id).toString()))
  let deposits = 0n
  for (const { action, sender } of described) {
    if (action.kind !== 'payment' && action.kind !== 'transfer') continue
    const assetId = action.kind === 'payment' ? '0' : String(action.assetId)
    const at = left.findIndex(
      (one) => one.receiver === action.receiver && one.amount === String(action.amount) && one.assetId === assetId,
    )
    if (at >= 0) left.splice(at, 1)
    else if (action.kind === 'payment' && own.has(action.receiver)) deposits += action.amount
    else if (action.kind === 'transfer' && action.receiver === sender && action.amount === 0n) continue
    else throw new NotAsShown(`it pays ${action.amount} base units to ${action.receiver}, which the page has not shown`)
  }
  if (left.length > 0) throw new NotAsShown('it lacks a payment that the page has shown')
  if (deposits > MOST_DEPOSIT) throw new NotAsShown(`its storage deposits are ${deposits} microALGO`)
}

function requireCalls(described: readonly Described[], expected: Expectation): void {
  const left = [...expected.calls]
  for (const { action } of described) {
    if (action.kind !== 'call') continue
    const at = left.findIndex(
      (one) =>
        one.contract === action.contract &&
        one.method === action.method &&
        Object.entries(one.args ?? {}).every(([name, value]) => action.args[name] === value),
    )
    if (at < 0) {
      throw new NotAsShown(`it calls ${action.contract}.${action.method} in a way that the page has not shown`)
    }
    if (!expected.isOpen) left.splice(at, 1)
  }
  if (!expected.isOpen && left.length > 0) throw new NotAsShown('it lacks a call that the page has shown')
}
