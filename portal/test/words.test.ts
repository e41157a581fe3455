import assert from 'node:assert/strict'
import { test } from 'node:test'
import { actionOf, baseUnits } from '../src/form.ts'
import { read } from '../src/group.ts'
import { checked, money, number, transaction } from '../src/words.ts'
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
  assert.match(transaction(call!, {}), /calls PPA\.settlePayment: agreementId 1, epochId 202602\.$/)
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

const ALGO = { unit: 'ALGO', decimals: 6 }

test('an invoice is computed again', () => {
  assert.equal(checked(75_000n, 120_000n, 9_000_000_000n, ALGO), 'Checked: 75,000 kWh × 0.12 ALGO/kWh = 9,000 ALGO.')
  assert.match(checked(75_000n, 120_000n, 9_000_000_001n, ALGO), /^NOT AS COMPUTED: .* but 9,000\.000001 ALGO are asked for/)
})

test('typed decimals become base units; what is no number fits no group', () => {
  assert.deepEqual(['0.12', '3000', '', '.5', '1.0000001', 'x'].map((one) => baseUnits(one, 6)),
    ['120000', '3000000000', '0', '500000', '1.0000001', 'x'])
})
