/** The wallets of public networks. Loaded only there: their modals and bridges are large. */
import type { WalletAdapterConfig } from '@txnlab/use-wallet'
import { defly } from '@txnlab/use-wallet-defly'
import { lute } from '@txnlab/use-wallet-lute'
import { pera } from '@txnlab/use-wallet-pera'

const CHAINS = { mainnet: 416001, testnet: 416002 } as const

export type PublicNetwork = keyof typeof CHAINS

export function publicWallets(network: PublicNetwork): WalletAdapterConfig[] {
  const chainId = CHAINS[network]
  return [pera({ chainId }), defly({ chainId }), lute({ siteName: 'GridPact' })]
}
