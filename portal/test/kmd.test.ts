import assert from 'node:assert/strict'
import { test } from 'node:test'
import algosdk from 'algosdk'
import { fromBase64, toBase64 } from '../src/group.ts'
import { Kmd, KmdError, provider } from '../src/kmd.ts'
import { BUYER, buyer, settlement, STRANGER } from './scene.ts'

interface Asked {
  path: string
  body: Record<string, string>
}

/** KMD with two wallets; `TREASURY` has the buyer's key as well, as a careless person's would. */
function daemon(asked: Asked[] = [], failing: string | null = null): Kmd {
  const fetcher = async (url: string | URL | Request, init?: RequestInit): Promise<Response> => {
    const path = String(url).replace('http://kmd/v1/', '')
    const body = JSON.parse(String(init?.body ?? '{}')) as Record<string, string>
    asked.push({ path, body })
    const answer = (content: unknown, status = 200) => new Response(JSON.stringify(content), { status })
    if (path === failing) return answer({ error: true, message: 'key does not exist in this wallet' }, 400)
    switch (path) {
      case 'wallets':
        return answer({ wallets: ['unencrypted-default-wallet', 'B', 'A'].map((name) => ({ name, id: `id-${name}` })) })
      case 'wallet/init':
        return answer({ wallet_handle_token: `handle of ${body['wallet_id']}` })
      case 'key/list':
        return answer({ addresses: [BUYER, STRANGER] })
      case 'transaction/sign': {
        const one = algosdk.decodeUnsignedTransaction(fromBase64(body['transaction'] as string))
        return answer({ signed_transaction: toBase64(one.signTxn(buyer.sk)) })
      }
      default:
        return answer({})
    }
  }
  return new Kmd({ url: 'http://kmd', token: 'a' }, fetcher as typeof fetch)
}

const bytes = (): Uint8Array[] => settlement().map((one) => algosdk.encodeUnsignedTransaction(one))

test('names come sorted, the genesis wallet last, and no wallet is opened', async () => {
  const asked: Asked[] = []
  assert.deepEqual(await daemon(asked).names(), ['A', 'B', 'unencrypted-default-wallet'])
  assert.deepEqual(asked.map((one) => one.path), ['wallets'])
})

test('only what the account sends is signed', async () => {
  const signed = await daemon().sign('A', STRANGER, bytes())
  assert.deepEqual(signed, [null, null])
})

test('all that the account sends is signed, through one handle that is given back', async () => {
  const asked: Asked[] = []
  const signed = await daemon(asked).sign('A', BUYER, bytes())
  assert.equal(signed.filter((one) => one !== null).length, 2)
  assert.equal(asked.filter((one) => one.path === 'wallet/init').length, 1)
  assert.equal(asked.at(-1)?.path, 'wallet/release')
})

test('the handle is given back where a signature is refused', async () => {
  const asked: Asked[] = []
  await assert.rejects(daemon(asked, 'transaction/sign').sign('A', BUYER, bytes()), /key does not exist/)
  assert.equal(asked.at(-1)?.path, 'wallet/release')
})

test('a wallet that is not there is named', async () => {
  await assert.rejects(daemon().addresses('C'), /no wallet C/)
})

test('a daemon that does not answer is said', async () => {
  const silent = new Kmd({ url: 'http://kmd', token: '' }, () => Promise.reject(new TypeError('failed to fetch')))
  await assert.rejects(silent.names(), (error: unknown) => error instanceof KmdError && error.message === 'KMD does not answer')
})

test('the provider signs for the active account only', async () => {
  let name: string | null = null
  const active = { address: BUYER as string | null }
  const kmd = provider(daemon(), { get: () => name, set: (to) => (name = to) }, () => active.address)
  const accounts = await kmd.connect?.({ name: 'A' })
  assert.deepEqual(accounts?.map((one) => one.address), [BUYER, STRANGER])
  assert.equal(name, 'A')
  assert.equal((await kmd.signTransactions?.(bytes()))?.filter((one) => one !== null).length, 2)
  active.address = STRANGER
  assert.deepEqual(await kmd.signTransactions?.(bytes()), [null, null])
  await kmd.disconnect?.()
  assert.equal(name, null)
  await assert.rejects(async () => kmd.signTransactions?.(bytes()), /no wallet is connected/)
})

test('indexes that are not asked for stay unsigned, in their places', async () => {
  let name: string | null = 'A'
  const kmd = provider(daemon(), { get: () => name, set: (to) => (name = to) }, () => BUYER)
  const signed = await kmd.signTransactions?.(bytes(), [1])
  assert.deepEqual(signed?.map((one) => one !== null), [false, true])
})
