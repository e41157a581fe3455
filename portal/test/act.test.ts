import assert from 'node:assert/strict'
import { test } from 'node:test'
import algosdk from 'algosdk'
import { Actor, Refused, type Action, type Built, type Server, type Submitted, type View } from '../src/act.ts'
import { Activity, type Entry } from '../src/activity.ts'
import type { Group } from '../src/group.ts'
import { checked, type Signer } from '../src/wallet.ts'
import { APPS, BUYER, buyer, encoded, GENESIS, settlement, SHOWN, STRANGER, type Changes } from './scene.ts'

const ACTION: Action = {
  key: 'pay 1/202602', label: 'Pay invoice 1/202602', path: '/actions/pay', body: {}, shown: SHOWN, isReviewed: false,
}

class Memory {
  readonly kept = new Map<string, string>()
  getItem(name: string): string | null {
    return this.kept.get(name) ?? null
  }
  setItem(name: string, value: string): void {
    this.kept.set(name, value)
  }
}

interface Scene {
  actor: Actor
  states: string[]
  last: () => Entry
  submitted: string[][]
  asked: number
  activity: Activity
}

interface Given {
  changes?: Changes
  built?: Built
  signer?: Partial<Signer>
  answers?: (Submitted | Refused)[]
  memory?: Memory
  review?: boolean
  cancel?: boolean
}

const signs = async (groups: readonly Group[]): Promise<Uint8Array[][]> =>
  checked(groups, groups.flatMap((group) => group.transactions.map((one) => one.signTxn(buyer.sk))))

function scene(given: Given = {}): Scene {
  const activity = new Activity(given.memory ?? new Memory(), 'chain')
  const answers = [...(given.answers ?? [{ state: 'confirmed', round: 12, told: ['Paid.'] } as Submitted])]
  const built: Built = given.built ?? { groups: [encoded(settlement(given.changes))], done: [], plans: ['Pay'] }
  let last: Entry | null = null
  const made: Scene = { states: [], submitted: [], asked: 0, activity, last: () => last as Entry } as unknown as Scene
  const server: Server = {
    build: async () => built,
    submit: async (signed) => {
      made.submitted.push(signed)
      const answer = answers.shift() ?? ({ state: 'confirmed', round: 12, told: [] } as Submitted)
      if (answer instanceof Refused) throw answer
      return answer
    },
  }
  const view: View = {
    show: (entry) => {
      last = structuredClone(entry)
      made.states.push(entry.state.kind)
    },
    changed: () => undefined,
    reviewed: async () => given.review ?? true,
    cancelled: () => (given.cancel === true ? Promise.resolve() : new Promise(() => undefined)),
  }
  const signer: Signer = {
    address: BUYER,
    sign: (groups) => {
      made.asked += 1
      return signs(groups)
    },
    ...given.signer,
  }
  made.actor = new Actor({ genesisHash: GENESIS, apps: APPS, units: () => ({}) }, signer, server, activity, view)
  return made
}

const sentence = (entry: Entry): string => (entry.state.kind === 'refused' ? entry.state.sentence : '')

test('from the click to the confirmation, each state once', async () => {
  const one = scene()
  await one.actor.run(ACTION)
  assert.deepEqual(one.states, ['building', 'waiting', 'sent', 'sent', 'confirmed'])
  assert.equal(one.submitted.length, 1)
  assert.equal(one.activity.get(ACTION.key)?.signed, undefined)
})

test('a double click pays once', async () => {
  const one = scene()
  await Promise.all([one.actor.run(ACTION), one.actor.run(ACTION)])
  assert.equal(one.submitted.length, 1)
})

for (const [name, changes] of Object.entries({
  receiver: { receiver: STRANGER }, amount: { amount: 1n }, argument: { agreementId: 3n },
})) {
  test(`another ${name} than the page has shown: the wallet is not asked`, async () => {
    const one = scene({ changes })
    await one.actor.run(ACTION)
    assert.match(sentence(one.last()), /not what the page has shown/)
    assert.equal(one.asked, 0)
    assert.deepEqual(one.submitted, [])
  })
}

test('without a wallet nothing is built', async () => {
  const one = scene({ signer: { address: null } })
  await one.actor.run(ACTION)
  assert.equal(sentence(one.last()), 'No wallet is connected.')
})

test('a wallet that signs only part: nothing is sent', async () => {
  const one = scene({
    signer: { sign: async (groups) => checked(groups, [(groups[0] as Group).transactions[0]!.signTxn(buyer.sk), null]) },
  })
  await one.actor.run(ACTION)
  assert.equal(sentence(one.last()), 'The wallet has signed 1 of 2 transactions.')
  assert.deepEqual(one.submitted, [])
})

test('a wallet that gives back a shorter list: nothing is sent', async () => {
  const one = scene({ signer: { sign: async (groups) => checked(groups, []) } })
  await one.actor.run(ACTION)
  assert.equal(sentence(one.last()), 'The wallet has signed 0 of 2 transactions.')
})

test('a wallet that signs other transactions: nothing is sent', async () => {
  const others = settlement({ receiver: STRANGER }).map((one) => one.signTxn(buyer.sk))
  const one = scene({ signer: { sign: async (groups) => checked(groups, others) } })
  await one.actor.run(ACTION)
  assert.equal(sentence(one.last()), 'The wallet has signed 0 of 2 transactions.')
})

test('signatures in other places: nothing is sent', async () => {
  const one = scene({
    signer: { sign: async (groups) => checked(groups, (groups[0] as Group).transactions.map((each) => each.signTxn(buyer.sk)).reverse()) },
  })
  await one.actor.run(ACTION)
  assert.match(sentence(one.last()), /signed 0 of 2/)
})

test('a wallet that refuses is a state with a next step, and the next click works', async () => {
  let times = 0
  const one = scene({
    signer: { sign: (groups) => ((times += 1) === 1 ? Promise.reject(new Error('User rejected')) : signs(groups)) },
  })
  await one.actor.run(ACTION)
  assert.equal(sentence(one.last()), 'The wallet has not signed: User rejected.')
  await one.actor.run(ACTION)
  assert.equal(one.last().state.kind, 'confirmed')
})

test('a popup that never comes can be cancelled', async () => {
  const one = scene({ cancel: true, signer: { sign: () => new Promise(() => undefined) } })
  await one.actor.run(ACTION)
  assert.match(sentence(one.last()), /cancelled/)
  assert.equal(one.actor.isBusy(ACTION.key), false)
})

test('what is reviewed and not wanted is not signed', async () => {
  const one = scene({ review: false })
  await one.actor.run({ ...ACTION, isReviewed: true })
  assert.match(sentence(one.last()), /cancelled/)
  assert.equal(one.asked, 0)
})

test('what was done meanwhile needs no signature', async () => {
  const one = scene({ built: { groups: [], done: ['Invoice 1/202602 was paid on March 1, 2026.'], plans: [] } })
  await one.actor.run(ACTION)
  assert.deepEqual(one.last().state, { kind: 'done', lines: ['Invoice 1/202602 was paid on March 1, 2026.'] })
})

test('a refusal of the chain is told, and nothing is left', async () => {
  const refusal: Submitted = { state: 'refused', final: true, sentence: 'It was paid.', advice: 'See it.' }
  const one = scene({ answers: [refusal] })
  await one.actor.run(ACTION)
  assert.equal(sentence(one.last()), 'It was paid.')
  assert.equal(one.activity.get(ACTION.key)?.signed, undefined)
})

test('a server that is gone while it sends: the signed group is kept and sent once more', async () => {
  const memory = new Memory()
  const gone = new Refused({ sentence: 'The portal does not answer.', advice: 'Look.' })
  const one = scene({ memory, answers: [gone] })
  await one.actor.run(ACTION)
  assert.equal(sentence(one.last()), 'The portal does not answer.')
  const two = scene({ memory, signer: { sign: () => Promise.reject(new Error('not asked again')) } })
  await two.actor.run(ACTION)
  assert.equal(two.last().state.kind, 'confirmed')
  assert.deepEqual(two.submitted, one.submitted)
})

test('what was sent before a reload is brought to its end', async () => {
  const memory = new Memory()
  const group = settlement().map((one) => algosdk.bytesToBase64(one.signTxn(buyer.sk)))
  new Activity(memory, 'chain').put({ key: ACTION.key, label: 'Pay', state: { kind: 'sent', ids: ['X'] }, signed: [group] })
  const one = scene({ memory })
  await one.actor.resume(one.activity.get(ACTION.key) as Entry)
  assert.equal(one.last().state.kind, 'confirmed')
  assert.deepEqual(one.submitted, [group])
})

test('what waited for the wallet before a reload was not sent, and says so', async () => {
  const memory = new Memory()
  new Activity(memory, 'chain').put({ key: ACTION.key, label: 'Pay', state: { kind: 'waiting', lines: [] } })
  const one = scene({ memory })
  await one.actor.resume(one.activity.get(ACTION.key) as Entry)
  assert.match(sentence(one.last()), /closed before the wallet had signed: nothing was sent/)
})

test('groups go in their order, and a wait for the block is no second sending of the next', async () => {
  const groups = [encoded(settlement()), encoded(settlement({ fee: 2000n }))]
  const one = scene({
    built: { groups, done: [], plans: [] },
    answers: [{ state: 'sent' }, { state: 'confirmed', round: 5, told: ['One.'] }, { state: 'confirmed', round: 6, told: ['Two.'] }],
  })
  const twice = { ...SHOWN, calls: [...SHOWN.calls, ...SHOWN.calls], payments: [...SHOWN.payments, ...SHOWN.payments] }
  await one.actor.run({ ...ACTION, shown: twice })
  assert.deepEqual(one.last().state.kind === 'confirmed' && one.last().state, {
    kind: 'confirmed', ids: (one.last().state as { ids: string[] }).ids, round: 6, lines: ['One.', 'Two.'],
  })
  assert.equal(one.submitted.length, 3)
  assert.deepEqual(one.submitted[0], one.submitted[1])
})

test('what was confirmed on a chain that was reset is forgotten', () => {
  const activity = new Activity(new Memory(), 'chain')
  activity.put({ key: 'a', label: 'A', state: { kind: 'confirmed', ids: [], round: 9, lines: [] } })
  activity.put({ key: 'b', label: 'B', state: { kind: 'confirmed', ids: [], round: 3, lines: [] } })
  activity.forgetAfter(5)
  assert.deepEqual(activity.entries().map((one) => one.key), ['b'])
})
