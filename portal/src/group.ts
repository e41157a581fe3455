/** What a group does, read from its own bytes: nothing that the server says about it is believed. */
import algosdk from 'algosdk'
import { TABLE, type Contract, type MethodEntry } from './methods.ts'

export interface Payment {
  kind: 'payment'
  receiver: string
  amount: bigint
  closeTo: string | null
}

export interface Transfer {
  kind: 'transfer'
  assetId: bigint
  receiver: string
  amount: bigint
  closeTo: string | null
  clawedFrom: string | null
}

export interface Call {
  kind: 'call'
  appId: bigint
  /** Null where the app is none of the portal's. */
  contract: Contract | null
  /** Null where its contract has no such method. */
  method: string | null
  /** Arguments by name; the fields of a struct stand beside the others. */
  args: Record<string, string>
  /** Whether it only calls: no opt-in, no deletion, no new program. */
  isPlain: boolean
}

export interface Other {
  kind: 'other'
  type: string
}

export interface Described {
  id: string
  sender: string
  fee: bigint
  rekeyTo: string | null
  genesisHash: string
  firstValid: bigint
  lastValid: bigint
  action: Payment | Transfer | Call | Other
}

/** A group as it came from the server. */
export interface Group {
  bytes: Uint8Array[]
  transactions: algosdk.Transaction[]
  described: Described[]
}

export type AppIds = Partial<Record<Contract, bigint>>

export class NotAGroup extends Error {}

/**
 * The group in the server's answer.
 *
 * @param encoded unsigned transactions, base64, in their order
 * @param apps the portal's four contracts
 * @throws NotAGroup where it cannot be read, is not whole, or its group id is not the one of its transactions
 */
export function read(encoded: readonly string[], apps: AppIds): Group {
  if (encoded.length === 0) throw new NotAGroup('it is empty')
  let transactions: algosdk.Transaction[]
  const bytes = encoded.map(fromBase64)
  try {
    transactions = bytes.map((one) => algosdk.decodeUnsignedTransaction(one))
  } catch {
    throw new NotAGroup('it cannot be read')
  }
  requireWhole(transactions)
  return { bytes, transactions, described: transactions.map((one) => describe(one, apps)) }
}

/** One byte that was changed on its way gives another group id: then this is not what was simulated. */
function requireWhole(transactions: algosdk.Transaction[]): void {
  const ids = new Set(transactions.map((one) => (one.group === undefined ? '' : toBase64(one.group))))
  if (ids.size !== 1) throw new NotAGroup('its transactions are not one group')
  const [id] = ids
  if (id === '') {
    if (transactions.length > 1) throw new NotAGroup('its transactions are not one group')
    return
  }
  const bare = transactions.map((one) => {
    const copy = algosdk.decodeUnsignedTransaction(algosdk.encodeUnsignedTransaction(one))
    delete copy.group
    return copy
  })
  if (toBase64(algosdk.computeGroupID(bare)) !== id) throw new NotAGroup('it was changed on its way')
}

export function describe(one: algosdk.Transaction, apps: AppIds): Described {
  return {
    id: one.txID(),
    sender: one.sender.toString(),
    fee: one.fee,
    rekeyTo: one.rekeyTo?.toString() ?? null,
    genesisHash: one.genesisHash === undefined ? '' : toBase64(one.genesisHash),
    firstValid: one.firstValid,
    lastValid: one.lastValid,
    action: action(one, apps),
  }
}

function action(one: algosdk.Transaction, apps: AppIds): Described['action'] {
  if (one.payment !== undefined) {
    const { receiver, amount, closeRemainderTo } = one.payment
    return { kind: 'payment', receiver: receiver.toString(), amount, closeTo: closeRemainderTo?.toString() ?? null }
  }
  if (one.assetTransfer !== undefined) {
    const { assetIndex, receiver, amount, closeRemainderTo, assetSender } = one.assetTransfer
    return {
      kind: 'transfer',
      assetId: assetIndex,
      receiver: receiver.toString(),
      amount,
      closeTo: closeRemainderTo?.toString() ?? null,
      clawedFrom: assetSender?.toString() ?? null,
    }
  }
  if (one.applicationCall !== undefined) return call(one.applicationCall, apps)
  return { kind: 'other', type: one.type }
}

function call(fields: algosdk.ApplicationTransactionFields, apps: AppIds): Call {
  const { appIndex, appArgs, onComplete } = fields
  const found = Object.entries(apps).find(([, id]) => id === appIndex)
  const contract = found === undefined ? null : (found[0] as Contract)
  const isPlain =
    appIndex !== 0n &&
    onComplete === algosdk.OnApplicationComplete.NoOpOC &&
    (fields.approvalProgram?.length ?? 0) === 0 &&
    (fields.clearProgram?.length ?? 0) === 0
  const nothing: Call = { kind: 'call', appId: appIndex, contract, method: null, args: {}, isPlain }
  const selector = appArgs[0]
  if (contract === null || selector === undefined) return nothing
  const entry = TABLE[contract].get(toBase64(selector))
  if (entry === undefined) return nothing
  try {
    return { ...nothing, method: entry.name, args: decoded(entry, appArgs.slice(1)) }
  } catch {
    return nothing
  }
}

/** Arguments by name. Transactions are arguments, too, but stand in the group, not among them. */
function decoded(entry: MethodEntry, values: readonly Uint8Array[]): Record<string, string> {
  const named: Record<string, string> = {}
  const own = entry.args.filter((one) => !TRANSACTION_TYPES.has(one.type))
  if (own.length !== values.length) throw new NotAGroup('a call has not the arguments of its method')
  own.forEach((argument, index) => {
    const value = algosdk.ABIType.from(argument.type).decode(values[index] as Uint8Array)
    const fields = entry.fields[argument.name]
    if (fields === undefined) named[argument.name] = plain(value, argument.type)
    else fields.forEach((field, at) => (named[field] = plain((value as algosdk.ABIValue[])[at] as algosdk.ABIValue, '')))
  })
  return named
}

const TRANSACTION_TYPES = new Set(['pay', 'axfer', 'acfg', 'afrz', 'appl', 'keyreg', 'txn'])

function plain(value: algosdk.ABIValue, type: string): string {
  if (value instanceof algosdk.Address) return value.toString()
  if (value instanceof Uint8Array) return hex(value)
  if (Array.isArray(value)) {
    if (type.startsWith('byte') || value.every((one) => typeof one === 'number')) {
      return hex(Uint8Array.from(value as number[]))
    }
    return value.map((one) => plain(one, '')).join(' ')
  }
  return String(value)
}

export function toBase64(bytes: Uint8Array): string {
  let text = ''
  for (const one of bytes) text += String.fromCharCode(one)
  return btoa(text)
}

export function fromBase64(text: string): Uint8Array {
  try {
    return Uint8Array.from(atob(text), (one) => one.charCodeAt(0))
  } catch {
    throw new NotAGroup('it cannot be read')
  }
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (one) => one.toString(16).padStart(2, '0')).join('')
}
