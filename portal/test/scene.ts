/** A payment with its settlement, as the server would build it. */
import algosdk from 'algosdk'
import type { Expectation } from '../src/check.ts'
import { toBase64, type AppIds } from '../src/group.ts'

export const GENESIS = 'SGO1GKSzyE7IEPItTxCByw9x8FmnrCDexi9/cOUJOiI='
export const APPS: AppIds = { KWhReceipt: 1001n, PPA: 1002n, RevenueVault: 1003n, OfferBook: 1004n }

export const account = (): string => algosdk.generateAccount().addr.toString()
export const buyer = algosdk.generateAccount()
export const BUYER = buyer.addr.toString()
export const TREASURY = account()
export const STRANGER = account()

export const PARAMETERS: algosdk.SuggestedParams = {
  flatFee: true,
  fee: 1000n,
  minFee: 1000n,
  firstValid: 10n,
  lastValid: 1010n,
  genesisHash: Uint8Array.from(atob(GENESIS), (one) => one.charCodeAt(0)),
  genesisID: 'dockernet-v1',
}

const SETTLE = algosdk.ABIMethod.fromSignature('settlePayment(pay,uint64,uint64)void')

export interface Changes {
  receiver?: string
  amount?: bigint
  agreementId?: bigint
  epochId?: bigint
  sender?: string
  rekeyTo?: string
  closeTo?: string
  appId?: bigint
  genesisHash?: Uint8Array
  onComplete?: algosdk.OnApplicationComplete
  fee?: bigint
}

export function settlement(changes: Changes = {}): algosdk.Transaction[] {
  const suggestedParams = {
    ...PARAMETERS,
    ...(changes.genesisHash === undefined ? {} : { genesisHash: changes.genesisHash }),
    ...(changes.fee === undefined ? {} : { fee: changes.fee }),
  }
  const sender = changes.sender ?? BUYER
  const payment = algosdk.makePaymentTxnWithSuggestedParamsFromObject({
    sender,
    receiver: changes.receiver ?? TREASURY,
    amount: changes.amount ?? 9_000_000_000n,
    suggestedParams,
    ...(changes.closeTo === undefined ? {} : { closeRemainderTo: changes.closeTo }),
    ...(changes.rekeyTo === undefined ? {} : { rekeyTo: changes.rekeyTo }),
  })
  const uint64 = new algosdk.ABIUintType(64)
  const call = algosdk.makeApplicationCallTxnFromObject({
    sender,
    appIndex: changes.appId ?? 1002n,
    onComplete: changes.onComplete ?? algosdk.OnApplicationComplete.NoOpOC,
    appArgs: [SETTLE.getSelector(), uint64.encode(changes.agreementId ?? 1n), uint64.encode(changes.epochId ?? 202602n)],
    suggestedParams,
  })
  return algosdk.assignGroupID([payment, call])
}

export const encoded = (transactions: readonly algosdk.Transaction[]): string[] =>
  transactions.map((one) => toBase64(algosdk.encodeUnsignedTransaction(one)))

export const SHOWN = {
  calls: [{ contract: 'PPA' as const, method: 'settlePayment', args: { agreementId: '1', epochId: '202602' } }],
  payments: [{ receiver: TREASURY, amount: '9000000000', assetId: '0' }],
}

export const EXPECTED: Expectation = { ...SHOWN, sender: BUYER, genesisHash: GENESIS }
