/** One action, from the click to what the chain says: build, check, sign, send, confirm. */
import algosdk from 'algosdk'
import { Activity, type Entry, type State } from './activity.ts'
import { NotAsShown, requireAsShown, type Expectation } from './check.ts'
import { fromBase64, NotAGroup, read, toBase64, type AppIds, type Group } from './group.ts'
import { PartlySigned, type Signer } from './wallet.ts'
import { said, transaction, type Told, type Units } from './words.ts'

export interface Action {
  key: string
  label: string
  /** Where the server builds it. */
  path: string
  body: Record<string, unknown>
  /** What the page has shown. The sender is whoever is connected. */
  shown: Omit<Expectation, 'sender' | 'genesisHash'>
  /** Whether the person looks at the decoded group before the wallet is asked. */
  isReviewed: boolean
}

/** What the server answers to an action. */
export interface Built {
  groups: string[][]
  /** What needs no transaction any more, in words. */
  done: string[]
  /** What would be done, in words. */
  plans: string[]
}

export type Submitted =
  | { state: 'confirmed'; round: number; told: string[] }
  | { state: 'sent' }
  | ({ state: 'refused'; final: boolean } & Told)

export class Refused extends Error {
  readonly told: Told

  constructor(told: Told) {
    super(told.sentence)
    this.told = told
  }
}

/** The server, as far as actions need it. It throws `Refused` with the server's own words. */
export interface Server {
  build(path: string, body: Record<string, unknown>): Promise<Built>
  submit(signed: string[]): Promise<Submitted>
}

/** What the page does when a state changes. */
export interface View {
  show(entry: Entry): void
  /** An action has ended, however: read the chain again. */
  changed(entry: Entry): void
  /** Whether to go on, where an action is reviewed. */
  reviewed(entry: Entry): Promise<boolean>
  /** Resolves when the person does not want to wait for the wallet any more. */
  cancelled(entry: Entry): Promise<void>
}

export interface Chain {
  genesisHash: string
  apps: AppIds
  /** As they stand on the page when they are asked for. */
  units: () => Units
}

export class Actor {
  readonly #busy = new Set<string>()
  readonly #chain: Chain
  readonly #wallet: Signer
  readonly #server: Server
  readonly #activity: Activity
  readonly #view: View

  constructor(chain: Chain, wallet: Signer, server: Server, activity: Activity, view: View) {
    this.#chain = chain
    this.#wallet = wallet
    this.#server = server
    this.#activity = activity
    this.#view = view
  }

  isBusy(key: string): boolean {
    return this.#busy.has(key)
  }

  /** Does it. A second click while the first is on its way does nothing. */
  async run(action: Action): Promise<void> {
    if (this.#busy.has(action.key)) return
    const before = this.#activity.get(action.key)
    if (before?.signed !== undefined) return this.resume(before)
    this.#busy.add(action.key)
    const entry: Entry = { key: action.key, label: action.label, state: { kind: 'building' } }
    try {
      await this.#through(action, entry)
    } catch (error) {
      this.#fail(entry, error)
    } finally {
      this.#busy.delete(action.key)
    }
    this.#view.changed(entry)
  }

  /** Goes on with what a reload has cut off: what was signed is sent again, which happens once. */
  async resume(entry: Entry): Promise<void> {
    if (this.#busy.has(entry.key)) return
    if (entry.signed === undefined) {
      if (['building', 'review', 'waiting'].includes(entry.state.kind)) this.#refuse(entry, said.interrupted)
      return
    }
    this.#busy.add(entry.key)
    try {
      await this.#deliver(entry, entry.signed, [])
    } catch (error) {
      this.#fail(entry, error)
    } finally {
      this.#busy.delete(entry.key)
    }
    this.#view.changed(entry)
  }

  async #through(action: Action, entry: Entry): Promise<void> {
    const sender = this.#wallet.address
    if (sender === null) throw new Refused(said.connectFirst)
    this.#set(entry, { kind: 'building' })
    const built = await this.#server.build(action.path, { ...action.body, sender })
    if (built.groups.length === 0) return this.#set(entry, { kind: 'done', lines: built.done })
    const groups = built.groups.map((one) => read(one, this.#chain.apps))
    this.#requireShown(groups, action, sender)
    const lines = groups.flatMap((group) => group.described.map((one) => transaction(one, this.#chain.units())))
    if (action.isReviewed) {
      this.#set(entry, { kind: 'review', lines: [...built.plans, ...lines] })
      if (!(await this.#view.reviewed(entry))) throw new Refused(said.cancelled)
    }
    this.#set(entry, { kind: 'waiting', lines })
    const signed = await this.#signed(entry, groups)
    await this.#deliver(entry, signed, built.plans)
  }

  /** All groups together do what was shown; each of them is harmless by itself. */
  #requireShown(groups: readonly Group[], action: Action, sender: string): void {
    const whole: Group = {
      bytes: groups.flatMap((one) => one.bytes),
      transactions: groups.flatMap((one) => one.transactions),
      described: groups.flatMap((one) => one.described),
    }
    requireAsShown(whole, { ...action.shown, sender, genesisHash: this.#chain.genesisHash }, this.#chain.apps)
  }

  async #signed(entry: Entry, groups: readonly Group[]): Promise<string[][]> {
    const signing = this.#wallet.sign(groups)
    const stopped = this.#view.cancelled(entry).then(() => null)
    let signed: Uint8Array[][] | null
    try {
      signed = await Promise.race([signing, stopped])
    } catch (error) {
      if (error instanceof PartlySigned) throw new Refused(said.partlySigned(error.signed, error.all))
      throw new Refused(said.rejected(error instanceof Error ? error.message : String(error)))
    }
    if (signed === null) {
      signing.catch(() => undefined)
      throw new Refused(said.cancelled)
    }
    return signed.map((group) => group.map(toBase64))
  }

  /** Sends the groups in their order. What is signed is kept until the chain has said yes or no. */
  async #deliver(entry: Entry, signed: string[][], plans: readonly string[]): Promise<void> {
    let left = signed
    const ids = signed.map((group) => idOf(group))
    const told: string[] = []
    entry.signed = left
    this.#set(entry, { kind: 'sent', ids })
    let round = 0
    while (left.length > 0) {
      const answer = await this.#server.submit(left[0] as string[])
      if (answer.state === 'sent') continue
      if (answer.state === 'refused') {
        if (answer.final) delete entry.signed
        throw new Refused({ sentence: answer.sentence, advice: answer.advice })
      }
      round = answer.round
      told.push(...answer.told)
      left = left.slice(1)
      entry.signed = left.length > 0 ? left : undefined
      this.#set(entry, { kind: 'sent', ids })
    }
    this.#set(entry, { kind: 'confirmed', ids, round, lines: told.length > 0 ? told : [...plans] })
  }

  #fail(entry: Entry, error: unknown): void {
    if (error instanceof Refused) this.#refuse(entry, error.told)
    else if (error instanceof NotAsShown || error instanceof NotAGroup) this.#refuse(entry, said.notAsShown(error.message))
    else throw error
  }

  #refuse(entry: Entry, told: Told): void {
    this.#set(entry, { kind: 'refused', ...told, canRetry: true })
  }

  #set(entry: Entry, state: State): void {
    entry.state = state
    this.#activity.put(entry)
    this.#view.show(entry)
  }
}

/** A group is known by its first transaction's id. */
function idOf(group: readonly string[]): string {
  return algosdk.decodeSignedTransaction(fromBase64(group[0] as string)).txn.txID()
}
