/** The wallet that the page talks to, behind use-wallet's manager. */
import algosdk from 'algosdk'
import { custom, LogLevel, WalletManager, type WalletAdapterConfig } from '@txnlab/use-wallet'
import type { Group } from './group.ts'
import { Kmd, provider, type KmdAddress } from './kmd.ts'
import type { PublicNetwork } from './public.ts'

/** The wallet gave back fewer signatures than there are transactions, or other ones. */
export class PartlySigned extends Error {
  readonly signed: number
  readonly all: number

  constructor(signed: number, all: number) {
    super(`${signed} of ${all}`)
    this.signed = signed
    this.all = all
  }
}

const REMEMBERED = 'gridpact.kmd-wallet'

const remembered = {
  get: () => localStorage.getItem(REMEMBERED),
  set: (name: string | null) =>
    name === null ? localStorage.removeItem(REMEMBERED) : localStorage.setItem(REMEMBERED, name),
}

/** What the rest of the page needs of a wallet. */
export interface Signer {
  /** The account that is connected. */
  readonly address: string | null
  /** Signs whole groups, for the connected account only. */
  sign(groups: readonly Group[]): Promise<Uint8Array[][]>
}

/** What the server says of the network's wallets: a LocalNet's KMD, those of a public network, or none. */
export type Offered = { kind: 'kmd'; at: KmdAddress } | { kind: 'public'; network: PublicNetwork } | null

export class Wallet implements Signer {
  readonly #manager: WalletManager
  readonly #kmd: Kmd | null

  private constructor(network: string, genesisId: string, kmd: Kmd | null, wallets: WalletAdapterConfig[]) {
    this.#kmd = kmd
    this.#manager = new WalletManager({
      wallets,
      // The server submits: the manager's own node is never asked.
      networks: { [network]: { algod: { token: '', baseServer: location.origin }, genesisId } },
      defaultNetwork: network,
      options: { logLevel: LogLevel.ERROR },
    })
  }

  static async open(network: string, genesisId: string, offered: Offered): Promise<Wallet> {
    if (offered?.kind === 'public') {
      const { publicWallets } = await import('./public.ts')
      return new Wallet(network, genesisId, null, publicWallets(offered.network))
    }
    if (offered === null) return new Wallet(network, genesisId, null, [])
    const kmd = new Kmd(offered.at)
    const wallet: Wallet = new Wallet(network, genesisId, kmd, [
      custom({ provider: provider(kmd, remembered, () => wallet.address), metadata: { name: 'LocalNet (KMD)' } }),
    ])
    return wallet
  }

  get address(): string | null {
    return this.#manager.activeAddress
  }

  get name(): string {
    const { activeAccount, activeWallet } = this.#manager
    return (this.#kmd === null ? activeWallet?.metadata.name : activeAccount?.name) ?? ''
  }

  get accounts(): string[] {
    return this.#manager.activeWalletAddresses ?? []
  }

  /** Wallets to choose from. */
  async names(): Promise<string[]> {
    return this.#kmd === null ? this.#manager.wallets.map((one) => one.metadata.name) : this.#kmd.names()
  }

  async connect(name: string): Promise<void> {
    const { wallets } = this.#manager
    const wallet = this.#kmd === null ? wallets.find((one) => one.metadata.name === name) : wallets[0]
    if (wallet === undefined) throw new Error(`no wallet ${name} is known for this network`)
    await this.disconnect()
    await wallet.connect({ name })
    wallet.setActive()
  }

  /** Forgets everything: nothing of the wallet is left in the browser. */
  async disconnect(): Promise<void> {
    await this.#manager.disconnect()
  }

  use(address: string): void {
    this.#manager.activeWallet?.setActiveAccount(address)
  }

  /** Finds the wallet of before the reload again; forgets it where it is not there any more. */
  async resume(): Promise<void> {
    try {
      await this.#manager.resumeSessions()
      const { address, accounts } = this
      if (address !== null && !accounts.includes(address)) this.use(accounts[0] as string)
    } catch (error) {
      await this.disconnect()
      throw error
    }
  }

  async sign(groups: readonly Group[]): Promise<Uint8Array[][]> {
    const signed = await this.#manager.signTransactions(groups.map((one) => one.bytes).flat() as Uint8Array[])
    return checked(groups, signed)
  }
}

/**
 * The signed groups, each signature in the place of its transaction.
 *
 * @throws PartlySigned where one is missing, or belongs to another transaction
 */
export function checked(groups: readonly Group[], signed: readonly (Uint8Array | null)[]): Uint8Array[][] {
  const ids = groups.flatMap((group) => group.described.map((one) => one.id))
  const good = ids.filter((id, index) => isSignatureOf(id, signed[index] ?? null)).length
  if (good !== ids.length || signed.length !== ids.length) throw new PartlySigned(good, ids.length)
  let at = 0
  return groups.map((group) => signed.slice(at, (at += group.bytes.length)) as Uint8Array[])
}

function isSignatureOf(id: string, signed: Uint8Array | null): boolean {
  if (signed === null) return false
  try {
    const one = algosdk.decodeSignedTransaction(signed)
    return one.txn.txID() === id && (one.sig !== undefined || one.msig !== undefined || one.lsig !== undefined)
  } catch {
    return false
  }
}
