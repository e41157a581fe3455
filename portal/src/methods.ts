/** The contracts' methods by selector. The table is made from their ARC-56 documents when the bundle is built. */
import algosdk from 'algosdk'
import generated from './methods.generated.json' with { type: 'json' }

export type Contract = 'KWhReceipt' | 'OfferBook' | 'PPA' | 'RevenueVault'

export interface MethodEntry {
  name: string
  args: readonly { name: string; type: string }[]
  /** Names of a struct argument's fields. */
  fields: Readonly<Record<string, readonly string[]>>
  returns: string
}

const DOCUMENTS = generated as unknown as Record<Contract, readonly MethodEntry[]>

/** Contract → selector (base64) → method. */
export const TABLE: Readonly<Record<Contract, ReadonlyMap<string, MethodEntry>>> = Object.fromEntries(
  Object.entries(DOCUMENTS).map(([contract, methods]) => [
    contract,
    new Map(methods.map((method) => [selector(method), method])),
  ]),
) as unknown as Record<Contract, ReadonlyMap<string, MethodEntry>>

function selector(method: MethodEntry): string {
  const signature = `${method.name}(${method.args.map((one) => one.type).join(',')})${method.returns}`
  const bytes = algosdk.ABIMethod.fromSignature(signature).getSelector()
  return btoa(String.fromCharCode(...bytes))
}
