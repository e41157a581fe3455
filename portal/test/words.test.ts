import assert from 'node:assert/strict'
import { test } from 'node:test'
import { actionOf, baseUnits } from '../src/form.ts'
import { read, type Described } from '../src/group.ts'
import { TABLE, type Contract } from '../src/methods.ts'
import { checked, money, number, priceIn, transaction, type Bill } from '../src/words.ts'
import { APPS, BUYER, encoded, settlement, STRANGER, TREASURY } from './scene.ts'

for (const [units, decimals, text] of [
  [9_000_000_000n, 6, '9,000'], [120_000n, 6, '0.12'], [1n, 6, '0.000001'], [0n, 6, '0'], [1_234_567n, 0, '1,234,567'],
  [1_234_500n, 3, '1,234.5'],
] as const) {
  test(`${units} with ${decimals} decimals is ${text}`, () => assert.equal(number(units, decimals), text))
}

test('money has its unit', () => assert.equal(money(3n, { unit: 'USDC', decimals: 2 }), '0.03 USDC'))

test('a payment names both parties and the whole receiver', () => {
  const [payment, call] = read(encoded(settlement()), APPS).described
  assert.equal(transaction(payment!, {}), `${BUYER.slice(0, 4)}…${BUYER.slice(-4)} pays 9,000 ALGO to ${TREASURY}.`)
  assert.match(transaction(call!, {}), / settles invoice 1\/202602 with the payment before \(PPA\.settlePayment\)\.$/)
})

/** A call by somebody, with these arguments. */
function calling(method: string, args: Record<string, string>, contract: Contract = 'PPA'): Described {
  const action = { kind: 'call' as const, appId: 1n, contract, method, args, isPlain: true }
  const frame = { id: '', fee: 0n, rekeyTo: null, genesisHash: '', firstValid: 0n, lastValid: 0n }
  return { ...frame, sender: BUYER, action }
}

const ON = { agreementId: '3', epochId: '202602' }

for (const [method, args, says] of [
  ['settleNote', { ...ON, note: '2' }, 'settles note 2 on invoice 3/202602 with the payment before'],
  ['settleNoteAsset', { ...ON, note: '2' }, 'settles note 2 on invoice 3/202602 with the transfer before'],
  ['settlePaymentAsset', ON, 'settles invoice 3/202602 with the transfer before'],
  ['voidInvoice', { ...ON, reasonHash: 'ab' }, 'voids invoice 3/202602, its reason having the SHA-256 ab'],
  ['issueInterest', ON, 'charges the late interest of invoice 3/202602'],
  ['applyCredit', { ...ON, note: '1', toEpochId: '202603' }, 'sets note 1 on invoice 3/202602 against invoice 3/202603'],
  ['releaseCredit', { ...ON, note: '1' }, 'opens note 1 on invoice 3/202602 again, and takes it off the invoice that it is set against'],
  ['voidNote', { ...ON, note: '1', reasonHash: 'ab' }, 'voids note 1 on invoice 3/202602, its reason having the SHA-256 ab'],
  ['issueNote', { ...ON, kind: '1', kWhAmount: '1500', reasonHash: 'ab' },
    'credits 1,500 kWh on invoice 3/202602, its reason having the SHA-256 ab'],
  ['issueNote', { ...ON, kind: '2', kWhAmount: '40', reasonHash: 'ab' },
    'debits 40 kWh on invoice 3/202602, its reason having the SHA-256 ab'],
  ['issueNote', { ...ON, kind: '4', kWhAmount: '40', reasonHash: 'ab' },
    'bills a shortfall of 40 kWh on invoice 3/202602, its reason having the SHA-256 ab'],
  ['issueNote', { ...ON, kind: '9', kWhAmount: '40', reasonHash: 'ab' },
    'issues a note of the unknown kind 9 over 40 kWh on invoice 3/202602, its reason having the SHA-256 ab'],
] as const) {
  test(`${method} of ${Object.values(args).join(', ')} in words`, () => requireSaid('PPA', method, args, says))
}

function requireSaid(contract: Contract, method: string, args: Record<string, string>, says: string): void {
  const known = [...TABLE[contract].values()].find((one) => one.name === method)
  const own = known?.args.filter((one) => !['pay', 'axfer'].includes(one.type)).map((one) => one.name)
  assert.deepEqual(own, Object.keys(args), 'the contract has such a method')
  const told = transaction(calling(method, args, contract), {})
  assert.equal(told, `${BUYER.slice(0, 4)}…${BUYER.slice(-4)} ${says} (${contract}.${method}).`)
}

for (const [contract, method, args, says] of [
  ['PPA', 'acceptAgreement', { agreementId: '3', termsHash: 'ab' }, 'accepts agreement 3, its terms having the SHA-256 ab'],
  ['RevenueVault', 'claim', { holder: STRANGER, depositId: '2', checkpointIndex: '1' },
    `has the vault pay ${STRANGER} their share of deposit 2, by checkpoint 1`],
  ['RevenueVault', 'transfer', { receiver: STRANGER, units: '100500' }, `transfers 100.5 kW to ${STRANGER}`],
  ['OfferBook', 'transferEnergy', { receiver: STRANGER, amountWh: '700' }, `gives 0.7 kWh of credit to ${STRANGER}`],
  ['OfferBook', 'consumeEnergy', { amountWh: '1000' }, 'uses up 1 kWh of credit'],
  ['OfferBook', 'createEnergyOffer', { amountWh: '1500', pricePerKwh: '15000000', expiryTs: '0' },
    'offers 1.5 kWh at 0.15 EUR/kWh, until it is cancelled'],
  ['OfferBook', 'createEnergyBuyOffer', { amountWh: '1500', maxPricePerKwh: '15000000', expiryTs: '1772323200' },
    'asks for 1.5 kWh at up to 0.15 EUR/kWh, until 2026-03-01T00:00:00.000Z'],
  ['OfferBook', 'cancelEnergyOffer', { offerId: '4' }, 'cancels sell offer 4'],
  ['OfferBook', 'cancelEnergyBuyOffer', { offerId: '4' }, 'cancels buy offer 4'],
  ['OfferBook', 'closeTradingAccount', {}, 'closes the trading account'],
] as const) {
  test(`${contract}.${method} in words`, () => requireSaid(contract, method, args, says))
}

test('a time that no date can say is told by its number', () => {
  const offer = { amountWh: '1', pricePerKwh: '1', expiryTs: '18446744073709551615' }
  assert.match(transaction(calling('createEnergyOffer', offer, 'OfferBook'), {}), /until second 18446744073709551615 /)
})

test('a call without words of its own is told by its names', () => {
  assert.match(transaction(calling('endAgreement', { agreementId: '3', lastEpoch: '202602' }), {}),
    / calls PPA\.endAgreement: agreementId 3, lastEpoch 202602\.$/)
})

test('rekey and close are said loudly', () => {
  const [payment] = read(encoded(settlement({ rekeyTo: STRANGER, closeTo: STRANGER })), APPS).described
  assert.match(transaction(payment!, {}), /CLOSES your account to .* REKEYS your account to /)
})

test('a form gives its fields, and what was shown with what was typed', () => {
  const shown = JSON.stringify({ calls: [{ contract: 'PPA', method: 'endAgreement', args: { agreementId: '{agreement}' } }] })
  const action = actionOf(
    { action: '/actions/end', label: 'End', review: '' },
    [['agreement', ' 3 '], ['invoices[]', '1/202602'], ['invoices[]', '1/202603']],
    [shown],
  )
  assert.deepEqual(action.body, { agreement: '3', invoices: ['1/202602', '1/202603'] })
  assert.deepEqual(action.shown.calls, [{ contract: 'PPA', method: 'endAgreement', args: { agreementId: '3' } }])
  assert.equal(action.isReviewed, true)
  assert.equal(action.key, '/actions/end 3 1/202602 1/202603')
})

test('halves of a name, figures of an asset and times are what the page has shown', () => {
  const shown = JSON.stringify({
    calls: [{ contract: 'RevenueVault', method: 'depositNetRevenue{asset?}',
      args: { agreementId: '{invoices/0}', epochId: '{invoices/1}', netAmount: '{amount:@asset}', expiryTs: '{expiry:utc}' } }],
    payments: [{ receiver: 'V', amount: '{amount:@asset}', assetId: '{asset}' }],
  })
  const typed: [string, string][] = [['invoices[]', '1/202602'], ['amount', '4.5'], ['asset', '77'], ['expiry', '2026-03-01T00:00']]
  const { shown: made } = actionOf({}, typed, [shown], { '77': { unit: 'EUR', decimals: 2 } })
  assert.deepEqual(made.calls, [{ contract: 'RevenueVault', method: 'depositNetRevenueAsset',
    args: { agreementId: '1', epochId: '202602', netAmount: '450', expiryTs: '1772323200' } }])
  assert.deepEqual(made.payments, [{ receiver: 'V', amount: '450', assetId: '77' }])
  const inAlgo = actionOf({}, [['amount', '3000'], ['asset', '']], [shown], { '0': { unit: 'ALGO', decimals: 6 } }).shown
  assert.equal(inAlgo.calls[0]?.method, 'depositNetRevenue')
  assert.deepEqual(inAlgo.payments, [{ receiver: 'V', amount: '3000000000', assetId: '0' }])
})

test('an asset that the page does not know: its figure is left to the review', () => {
  const shown = JSON.stringify({ calls: [{ contract: 'PPA', method: 'createAgreement', args: { pricePerKwh: '{price:@asset}' } }] })
  assert.deepEqual(actionOf({}, [['price', '1'], ['asset', '9']], [shown]).shown.calls[0]?.args, {})
})

const ALGO = { unit: 'ALGO', decimals: 6 }

const BILL: Bill = {
  kwh: 75_000n, price: 120_000n, amount: 9_000_000_000n, due: 9_000_000_000n, credits: 0n, epoch: 202602,
  terms: { price: 120_000n, escalatorBps: 0n, firstEpoch: 202602 }, readings: null,
}
const READINGS = { wh: [42_000_000n, 38_000_000n, 45_000_000n], recordedWh: 125_000_000n }

for (const [name, bill, says] of [
  ['an invoice', BILL, /^Checked: 75,000 kWh × 0.12 ALGO\/kWh = 9,000 ALGO\.$/],
  ['one with readings', { ...BILL, readings: READINGS },
    /^Checked: 3 readings add up to 125,000 kWh, of which 75,000 kWh are billed here; 75,000 kWh × /],
  ['one with credits', { ...BILL, credits: 1_000_000n, due: 8_999_000_000n }, /; less credits of 1 ALGO: 8,999 ALGO\.$/],
  ['another amount', { ...BILL, amount: 9_000_000_001n }, /^NOT AS COMPUTED: .* says 9,000\.000001 ALGO\./],
  ['another sum due', { ...BILL, due: 9_000_000_001n }, /^NOT AS COMPUTED: .* but 9,000\.000001 ALGO are asked for/],
  ['another price', { ...BILL, terms: { ...BILL.terms, price: 119_999n } }, /^NOT AS AGREED: the terms come to 0\.119999 /],
  ['other readings', { ...BILL, readings: { ...READINGS, recordedWh: 124_000_000n } }, /^NOT AS RECORDED: 3 readings /],
  ['too little energy', { ...BILL, readings: { wh: [74_999_999n], recordedWh: 74_999_999n } }, /less than is billed/],
] as const) {
  test(`${name} is computed again`, () => assert.match(checked(bill, ALGO), says))
}

test('a price rises once a year, rounded once', () => {
  const rise = (epoch: number): bigint => priceIn(120_001n, 250n, 202602, epoch)
  assert.deepEqual([202602, 202701, 202702, 202802].map(rise), [120_001n, 120_001n, 123_001n, 126_076n])
})

test('typed decimals become base units; what is no number fits no group', () => {
  assert.deepEqual(['0.12', '3000', '', '.5', '1.0000001', 'x'].map((one) => baseUnits(one, 6)),
    ['120000', '3000000000', '0', '500000', '1.0000001', 'x'])
})
