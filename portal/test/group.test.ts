import assert from 'node:assert/strict'
import { test } from 'node:test'
import algosdk from 'algosdk'
import { fromBase64, NotAGroup, read, toBase64 } from '../src/group.ts'
import { APPS, encoded, PARAMETERS, settlement, TREASURY, BUYER, account } from './scene.ts'

test('a settlement is read as a payment and a call with named arguments', () => {
  const [payment, call] = read(encoded(settlement()), APPS).described
  assert.deepEqual(payment?.action, { kind: 'payment', receiver: TREASURY, amount: 9_000_000_000n, closeTo: null })
  assert.equal(call?.action.kind, 'call')
  assert.ok(call?.action.kind === 'call')
  assert.equal(call.action.contract, 'PPA')
  assert.equal(call.action.method, 'settlePayment')
  assert.deepEqual(call.action.args, { agreementId: '1', epochId: '202602' })
})

test('a struct argument is read field by field', () => {
  const terms = algosdk.ABIType.from('(address,address,uint64,uint64,uint64,uint64,uint64,uint64,uint64,uint64,uint64,byte[32],bool)')
  const method = algosdk.ABIMethod.fromSignature(`createAgreement(${terms.toString()})uint64`)
  const values = [BUYER, TREASURY, 0n, 120000n, 0n, 0n, 0n, 202602n, 202701n, 0n, 15n, new Uint8Array(32), false]
  const call = algosdk.makeApplicationCallTxnFromObject({
    sender: BUYER,
    appIndex: 1002n,
    onComplete: algosdk.OnApplicationComplete.NoOpOC,
    appArgs: [method.getSelector(), terms.encode(values)],
    suggestedParams: PARAMETERS,
  })
  const [described] = read(encoded([call]), APPS).described
  assert.ok(described?.action.kind === 'call')
  assert.equal(described.action.method, 'createAgreement')
  assert.equal(described.action.args['buyer'], BUYER)
  assert.equal(described.action.args['pricePerKwh'], '120000')
})

for (const index of [0, 1]) {
  test(`any byte that is changed in transaction ${index} is noticed`, () => {
    const whole = encoded(settlement())
    const bytes = fromBase64(whole[index] as string)
    for (let at = 0; at < bytes.length; at += 1) {
      const changed = Uint8Array.from(bytes)
      changed[at] = (changed[at] as number) ^ 1
      const tampered = whole.with(index, toBase64(changed))
      assert.throws(() => read(tampered, APPS), NotAGroup, `byte ${at}`)
    }
  })
}

test('a group that lacks a transaction is noticed', () => {
  assert.throws(() => read(encoded(settlement()).slice(0, 1), APPS), NotAGroup)
})

test('transactions in another order are noticed', () => {
  assert.throws(() => read(encoded(settlement()).reverse(), APPS), NotAGroup)
})

test('two transactions without a group are no group', () => {
  const bare = [1n, 2n].map((amount) =>
    algosdk.makePaymentTxnWithSuggestedParamsFromObject({ sender: BUYER, receiver: TREASURY, amount, suggestedParams: PARAMETERS }),
  )
  assert.throws(() => read(encoded(bare), APPS), NotAGroup)
})

for (const text of ['', '!', 'AAAA']) {
  test(`${JSON.stringify(text)} is no transaction`, () => assert.throws(() => read([text], APPS), NotAGroup))
}

test('nothing is no group', () => assert.throws(() => read([], APPS), NotAGroup))

test('an unknown app has neither contract nor method', () => {
  const [, call] = read(encoded(settlement({ appId: 7n })), APPS).described
  assert.ok(call?.action.kind === 'call')
  assert.deepEqual([call.action.contract, call.action.method], [null, null])
})

test('a transfer is read with its asset', () => {
  const receiver = account()
  const transfer = algosdk.makeAssetTransferTxnWithSuggestedParamsFromObject({
    sender: BUYER, receiver, amount: 5n, assetIndex: 77n, suggestedParams: PARAMETERS,
  })
  const [described] = read(encoded([transfer]), APPS).described
  assert.deepEqual(described?.action, { kind: 'transfer', assetId: 77n, receiver, amount: 5n, closeTo: null, clawedFrom: null })
})
