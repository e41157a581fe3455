/** The wallet that the page talks to, behind use-wallet's manager. */
import algosdk from 'algosdk'
import { custom, LogLevel, WalletManager, type BaseWallet } from '@txnlab/use-wallet'
import type { Group } from './group.ts'
import { Kmd, provider, type KmdAddress } from './kmd.ts'

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

export class Wallet implements Signer {
  readonly #manager: WalletManager
  readonly #kmd: Kmd | null

  /** @param kmd where the LocalNet's wallets are; null on every other network */
  constructor(kmd: KmdAddress | null) {
    this.#kmd = kmd === null ? null : new Kmd(kmd)
    const wallets =
      this.#kmd === null
        ? []
        : [
            custom({
              provider: provider(this.#kmd, remembered, () => this.#manager.activeAddress),
              metadata: { name: 'LocalNet (KMD)' },
            }),
          ]
    this.#manager = new WalletManager({
      wallets,
      // The server submits: the manager's own node is never asked.
      networks: { portal: { algod: { token: '', baseServer: location.origin } } },
      defaultNetwork: 'portal',
      options: { logLevel: LogLevel.ERROR },
    })
  }

  get address(): string | null {
    return this.#manager.activeAddress
  }

  get name(): string {
    return this.#manager.activeAccount?.name ?? ''
  }

  get accounts(): string[] {
    return this.#manager.activeWalletAddresses ?? []
  }

  /** Wallets to choose from. */
  async names(): Promise<string[]> {
    return this.#kmd === null ? [] : this.#kmd.names()
  }

  async connect(name: string): Promise<void> {
    const wallet = this.#one()
    if (wallet.isConnected) await wallet.disconnect()
    await wallet.connect({ name })
    wallet.setActive()
  }

  /** Forgets everything: nothing of the wallet is left in the browser. */
  async disconnect(): Promise<void> {
    await this.#manager.disconnect()
  }

  use(address: string): void {
    this.#one().setActiveAccount(address)
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

  #one(): BaseWallet {
    const [wallet] = this.#manager.wallets
    if (wallet === undefined) throw new Error('no wallet is known for this network')
    return wallet
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
