import assert from 'node:assert/strict'
import { test } from 'node:test'
import algosdk from 'algosdk'
import { MOST_DEPOSIT, NotAsShown, requireAsShown, type Expectation } from '../src/check.ts'
import { read } from '../src/group.ts'
import { APPS, BUYER, encoded, EXPECTED, PARAMETERS, settlement, STRANGER, type Changes } from './scene.ts'

const look = (changes: Changes, expected: Expectation = EXPECTED): void =>
  requireAsShown(read(encoded(settlement(changes)), APPS), expected, APPS)

test('what was shown passes', () => look({}))

const cases: [string, Changes, RegExp][] = [
  ['another receiver', { receiver: STRANGER }, /pays 9000000000 base units to/],
  ['another amount', { amount: 9_000_000_001n }, /pays 9000000001/],
  ['a smaller amount', { amount: 1n }, /pays 1 base/],
  ['another agreement', { agreementId: 2n }, /a way that the page has not shown/],
  ['another month', { epochId: 202603n }, /a way that the page has not shown/],
  ['another sender', { sender: STRANGER }, /sent by/],
  ['a rekey', { rekeyTo: STRANGER }, /rekey/],
  ['a close', { closeTo: STRANGER }, /close/],
  ['another app', { appId: 7n }, /app 7/],
  ['another contract', { appId: 1003n }, /unknown method of RevenueVault/],
  ['another network', { genesisHash: new Uint8Array(32).fill(7) }, /another network/],
  ['an opt-in of the app', { onComplete: algosdk.OnApplicationComplete.OptInOC }, /does more than call/],
  ['a clear-out of the app', { onComplete: algosdk.OnApplicationComplete.ClearStateOC }, /does more than call/],
  ['high fees', { fee: 60_000n }, /fees are 120000/],
]
for (const [name, changes, says] of cases) {
  test(`${name} is refused`, () => {
    assert.throws(() => look(changes), (error: unknown) => error instanceof NotAsShown && says.test(error.message))
  })
}

test('a payment that was shown and is missing is refused', () => {
  const more = { ...EXPECTED, payments: [...EXPECTED.payments, ...EXPECTED.payments] }
  assert.throws(() => look({}, more), /lacks a payment/)
})

test('a call that was shown and is missing is refused', () => {
  const more = { ...EXPECTED, calls: [...EXPECTED.calls, ...EXPECTED.calls] }
  assert.throws(() => look({}, more), /lacks a call/)
})

test('kinds of calls may come any number of times', () => {
  look({}, { ...EXPECTED, isOpen: true, calls: [...EXPECTED.calls, { contract: 'PPA', method: 'endAgreement' }] })
})

const deposit = (amount: bigint): void => {
  const payment = algosdk.makePaymentTxnWithSuggestedParamsFromObject({
    sender: BUYER, receiver: algosdk.getApplicationAddress(1002n), amount, suggestedParams: PARAMETERS,
  })
  requireAsShown(read(encoded([payment]), APPS), { ...EXPECTED, calls: [], payments: [] }, APPS)
}

test('a storage deposit to a contract passes', () => deposit(MOST_DEPOSIT))
test('a large one is refused', () => assert.throws(() => deposit(MOST_DEPOSIT + 1n), /storage deposits/))

test('an opt-in passes, a transfer that was not shown does not', () => {
  const transfer = (receiver: string, amount: bigint): void => {
    const one = algosdk.makeAssetTransferTxnWithSuggestedParamsFromObject({
      sender: BUYER, receiver, amount, assetIndex: 77n, suggestedParams: PARAMETERS,
    })
    requireAsShown(read(encoded([one]), APPS), { ...EXPECTED, calls: [], payments: [] }, APPS)
  }
  transfer(BUYER, 0n)
  assert.throws(() => transfer(STRANGER, 1n), NotAsShown)
})

test('another kind of transaction is refused', () => {
  const keys = algosdk.makeKeyRegistrationTxnWithSuggestedParamsFromObject({
    sender: BUYER, nonParticipation: true, suggestedParams: PARAMETERS,
  })
  assert.throws(
    () => requireAsShown(read(encoded([keys]), APPS), { ...EXPECTED, calls: [], payments: [] }, APPS),
    /kind keyreg/,
  )
})
