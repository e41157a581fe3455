/** KMD, the wallet daemon of a LocalNet, as a provider for use-wallet: one KMD wallet at a time. */
import algosdk from 'algosdk'
import type { CustomProvider, WalletAccount } from '@txnlab/use-wallet'
import { fromBase64, toBase64 } from './group.ts'

export interface KmdAddress {
  url: string
  token: string
}

export class KmdError extends Error {}

interface KmdWallet {
  id: string
  name: string
}

const GENESIS_WALLET = 'unencrypted-default-wallet'

export class Kmd {
  readonly #address: KmdAddress
  readonly #fetch: typeof fetch

  constructor(address: KmdAddress, fetcher: typeof fetch = (...request) => fetch(...request)) {
    this.#address = address
    this.#fetch = fetcher
  }

  /** Names of the wallets, by name; the genesis accounts' one comes last. Opens none: that takes KMD a good while. */
  async names(): Promise<string[]> {
    const names = (await this.#wallets()).map((one) => one.name).sort()
    return [...names.filter((name) => name !== GENESIS_WALLET), ...names.filter((name) => name === GENESIS_WALLET)]
  }

  /** Addresses of a wallet. */
  async addresses(name: string): Promise<string[]> {
    return this.#opened(name, async (handle) => {
      const answer = await this.#ask<{ addresses?: string[] }>('POST', 'key/list', { wallet_handle_token: handle })
      return answer.addresses ?? []
    })
  }

  /**
   * Signs what is sent by one account, and only that.
   *
   * @param name the wallet
   * @param address the account that is connected; what others send stays unsigned (null in its place)
   * @param bytes unsigned transactions
   */
  async sign(name: string, address: string, bytes: readonly Uint8Array[]): Promise<(Uint8Array | null)[]> {
    return this.#opened(name, (handle) =>
      Promise.all(
        bytes.map(async (one) => {
          if (algosdk.decodeUnsignedTransaction(one).sender.toString() !== address) return null
          const answer = await this.#ask<{ signed_transaction: string }>('POST', 'transaction/sign', {
            wallet_handle_token: handle,
            wallet_password: '',
            transaction: toBase64(one),
          })
          return fromBase64(answer.signed_transaction)
        }),
      ),
    )
  }

  async #opened<T>(name: string, use: (handle: string) => Promise<T>): Promise<T> {
    const wallet = (await this.#wallets()).find((one) => one.name === name)
    if (wallet === undefined) throw new KmdError(`the LocalNet has no wallet ${name}`)
    const opened = { wallet_id: wallet.id, wallet_password: '' }
    const { wallet_handle_token: handle } = await this.#ask<{ wallet_handle_token: string }>('POST', 'wallet/init', opened)
    try {
      return await use(handle)
    } finally {
      await this.#ask('POST', 'wallet/release', { wallet_handle_token: handle }).catch(() => undefined)
    }
  }

  async #wallets(): Promise<KmdWallet[]> {
    return (await this.#ask<{ wallets?: KmdWallet[] }>('GET', 'wallets')).wallets ?? []
  }

  async #ask<T>(method: 'GET' | 'POST', path: string, body?: object): Promise<T> {
    let answer: Response
    try {
      answer = await this.#fetch(`${this.#address.url}/v1/${path}`, {
        method,
        headers: { 'X-KMD-API-Token': this.#address.token },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
    } catch {
      throw new KmdError('KMD does not answer')
    }
    const content = (await answer.json().catch(() => ({}))) as T & { message?: string }
    if (!answer.ok) throw new KmdError(content.message ?? `KMD answers ${answer.status}`)
    return content
  }
}

/** Which wallet was connected: kept so that a reload finds it again. */
export interface Remembered {
  get(): string | null
  set(name: string | null): void
}

/**
 * @param kmd the daemon
 * @param remembered where the connected wallet's name is kept
 * @param active the account that signs; asked when it signs
 */
export function provider(kmd: Kmd, remembered: Remembered, active: () => string | null): CustomProvider {
  const accounts = async (name: string): Promise<WalletAccount[]> =>
    (await kmd.addresses(name)).map((address) => ({ name, address }))
  return {
    async connect(args?: Record<string, unknown>): Promise<WalletAccount[]> {
      const name = String(args?.['name'] ?? '')
      const found = await accounts(name)
      if (found.length === 0) throw new KmdError(`the wallet ${name} has no account`)
      remembered.set(name)
      return found
    },
    async disconnect(): Promise<void> {
      remembered.set(null)
    },
    async resumeSession(): Promise<WalletAccount[] | void> {
      const name = remembered.get()
      if (name === null) throw new KmdError('no wallet is remembered')
      return accounts(name)
    },
    async signTransactions<T extends algosdk.Transaction[] | Uint8Array[]>(
      group: T | T[],
      indexes?: number[],
    ): Promise<(Uint8Array | null)[]> {
      const [name, address] = [remembered.get(), active()]
      if (name === null || address === null) throw new KmdError('no wallet is connected')
      const flat = group.flat() as (algosdk.Transaction | Uint8Array)[]
      const bytes = flat.map((one) => (one instanceof Uint8Array ? one : algosdk.encodeUnsignedTransaction(one)))
      const signed = await kmd.sign(name, address, bytes)
      return signed.map((one, index) => (indexes === undefined || indexes.includes(index) ? one : null))
    },
  }
}
