/** The page comes alive: wallet, actions, copying, and what is new on the chain. */
import { Actor, Refused, type View } from './act.ts'
import { Activity, type Entry } from './activity.ts'
import { actionOf, baseUnits } from './form.ts'
import { toBase64, type AppIds } from './group.ts'
import type { Contract } from './methods.ts'
import { server } from './server.ts'
import { Wallet, type Offered } from './wallet.ts'
import { checked, said, short, type Bill, type Unit, type Units } from './words.ts'

interface Config {
  network: string
  genesisHash: string
  genesisId: string
  /** Tells two deployments apart, also after a LocalNet's reset. */
  chain: string
  round: number
  apps: Record<string, number>
  wallets: Offered
  token: string
  explorer: string | null
}

declare const htmx: {
  ajax(verb: string, path: string, options: Record<string, unknown>): Promise<void>
  process(element: Element): void
}

const config = JSON.parse(document.getElementById('portal')?.textContent ?? '{}') as Config
const apps: AppIds = Object.fromEntries(
  Object.entries(config.apps).map(([name, id]) => [name as Contract, BigInt(id)]),
)
const wallet = await Wallet.open(config.network, config.genesisId, config.wallets)
const activity = new Activity(localStorage, config.chain)

/** Units of the assets on the page, by id. They stand in the part of it that is read again after an action. */
const units = (): Units => JSON.parse(byId('main')?.dataset['units'] ?? '{}') as Units

// --- small helpers ---------------------------------------------------------------------------------------------------

function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  text = '',
  attributes: Record<string, string> = {},
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag)
  if (text !== '') made.textContent = text
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value)
  return made
}

const byId = (id: string): HTMLElement | null => document.getElementById(id)

// --- what was done, and how it stands --------------------------------------------------------------------------------

const answers = new Map<string, { review?: (yes: boolean) => void; cancel?: () => void }>()

function drawn(entry: Entry): HTMLElement {
  const { state } = entry
  const box = element('article', '', { class: `state ${state.kind}`, 'data-key': entry.key, 'data-state': state.kind })
  box.append(element('h3', entry.label))
  const list = (lines: readonly string[]) => {
    const all = element('ul')
    all.append(...lines.map((line) => element('li', line)))
    return all
  }
  const buttons = element('div', '', { class: 'buttons' })
  const button = (text: string, act: () => void, secondary = false) => {
    const made = element('button', text, { type: 'button', ...(secondary ? { class: 'secondary' } : {}) })
    made.addEventListener('click', act)
    buttons.append(made)
  }
  const answer = answers.get(entry.key)
  switch (state.kind) {
    case 'building':
      box.append(element('p', said.building))
      break
    case 'review':
      box.append(element('p', 'You are about to sign:'), list(state.lines))
      button('Sign and send', () => answer?.review?.(true))
      button('Cancel', () => answer?.review?.(false), true)
      break
    case 'waiting':
      box.append(element('p', said.waiting), list(state.lines))
      button('Cancel', () => answer?.cancel?.(), true)
      break
    case 'sent':
      box.append(element('p', said.sent), ids(state.ids))
      break
    case 'confirmed':
      if (state.lines.length > 0) box.append(list(state.lines))
      box.append(element('p', said.confirmed(state.round)), ids(state.ids))
      break
    case 'done':
      box.append(list(state.lines))
      break
    case 'refused':
      box.append(element('p', state.sentence, { class: 'sentence' }), element('p', state.advice, { class: 'advice' }))
      if (state.canRetry) button('Try again', () => retry(entry.key))
  }
  if (['confirmed', 'done', 'refused'].includes(state.kind) && entry.signed === undefined) {
    button('Dismiss', () => dismiss(entry.key), true)
  }
  if (buttons.childElementCount > 0) box.append(buttons)
  return box
}

function ids(all: readonly string[]): HTMLElement {
  const list = element('p', all.length === 1 ? 'Transaction ' : 'Transactions ')
  for (const id of all) {
    const shown = config.explorer === null ? element('code', id) : element('a', id, { href: `${config.explorer}/transaction/${id}` })
    list.append(shown, copyButton(id, 'transaction id'))
  }
  return list
}

function copyButton(text: string, what: string): HTMLElement {
  return element('button', 'Copy', { type: 'button', class: 'copy', 'data-copy': text, 'aria-label': `Copy ${what}` })
}

function draw(entry: Entry): void {
  const list = byId('activity-list')
  const old = list?.querySelector(`[data-key="${CSS.escape(entry.key)}"]`)
  const box = drawn(entry)
  if (old) old.replaceWith(box)
  else list?.prepend(box)
  byId('activity')?.removeAttribute('hidden')
  markBusy()
}

function dismiss(key: string): void {
  activity.remove(key)
  byId('activity-list')?.querySelector(`[data-key="${CSS.escape(key)}"]`)?.remove()
  if (byId('activity-list')?.childElementCount === 0) byId('activity')?.setAttribute('hidden', '')
}

const view: View = {
  show: draw,
  changed: (entry) => {
    const { kind } = entry.state
    const isDone = kind === 'confirmed' || kind === 'done'
    if (isDone) emptied(entry.key)
    // The button is one again, also where the page is not read anew because somebody types.
    markBusy()
    void refresh(isDone)
  },
  reviewed: (entry) =>
    new Promise((resolve) => {
      answers.set(entry.key, { review: resolve })
      draw(entry)
      byId('activity-list')?.querySelector<HTMLElement>(`[data-key="${CSS.escape(entry.key)}"] button`)?.focus()
    }),
  cancelled: (entry) =>
    new Promise((resolve) => {
      answers.set(entry.key, { cancel: resolve })
      draw(entry)
    }),
}

const portal = server(config.token)
const actor = new Actor({ genesisHash: config.genesisHash, apps, units }, wallet, portal, activity, view)

// --- forms -----------------------------------------------------------------------------------------------------------

const lastForms = new Map<string, { form: HTMLFormElement; again: () => void }>()

async function submit(form: HTMLFormElement): Promise<void> {
  const rows = [...form.querySelectorAll<HTMLInputElement>('input[data-shown]')]
  const chosen = rows.filter((one) => (one.type === 'checkbox' ? one.checked : one.value.trim() !== ''))
  const shown = [form, ...chosen].map((one) => one.dataset['shown']).filter((one) => one !== undefined)
  const action = actionOf(form.dataset, await dataOf(form), shown, units())
  lastForms.set(action.key, { form, again: () => void actor.run(action) })
  await actor.run(action)
}

/** Shows what the form's file holds, without signing anything. */
async function look(button: HTMLButtonElement): Promise<void> {
  const { look: path, into } = button.dataset
  const place = byId(into ?? '')
  if (button.form === null || path === undefined || place === null) return
  button.setAttribute('aria-busy', 'true')
  try {
    const { body } = actionOf(button.form.dataset, await dataOf(button.form), [])
    const made = new DOMParser().parseFromString(await portal.look(path, body), 'text/html')
    place.replaceChildren(...made.body.childNodes)
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    const { sentence, advice } = error.told
    place.replaceChildren(element('p', sentence, { class: 'sentence' }), element('p', advice, { class: 'advice' }))
  } finally {
    button.removeAttribute('aria-busy')
  }
  place.focus()
}

document.addEventListener('click', (event) => {
  const button = event.target instanceof Element ? event.target.closest<HTMLButtonElement>('button[data-look]') : null
  if (button !== null) void look(button)
})

/** What was typed is done; what was not done stays in its form. */
function emptied(key: string): void {
  const form = lastForms.get(key)?.form
  form?.reset()
  delete form?.dataset['dirty']
}

/** What is typed, and the content of files that are chosen, as base64. */
async function dataOf(form: HTMLFormElement): Promise<[string, unknown][]> {
  const found: [string, unknown][] = []
  for (const [name, value] of new FormData(form)) {
    if (typeof value === 'string') found.push([name, value])
    else if (value.size > 0) found.push([name, toBase64(new Uint8Array(await value.arrayBuffer()))])
  }
  return found
}

function retry(key: string): void {
  const entry = activity.get(key)
  if (entry?.signed !== undefined) return void actor.resume(entry)
  const again = lastForms.get(key)?.again
  dismiss(key)
  if (again !== undefined) return again()
  // After a reload the form that asked for it has to be sent again.
  const form = formOf(key)
  form?.requestSubmit()
}

const forms = (): HTMLFormElement[] => [...document.querySelectorAll<HTMLFormElement>('form[data-action]')]

function keyOf(form: HTMLFormElement): string {
  return actionOf(form.dataset, new FormData(form), []).key
}

function formOf(key: string): HTMLFormElement | undefined {
  return forms().find((form) => keyOf(form) === key)
}

/** A button whose action is on its way, or that another account has to press, is no button; the reason is said. */
function markBusy(): void {
  const waiting = new Set(activity.entries().filter((one) => one.signed !== undefined).map((one) => one.key))
  for (const form of forms()) {
    const button = form.querySelector<HTMLButtonElement>('button[type=submit]')
    const why = form.querySelector<HTMLElement>('.why')
    if (button === null) continue
    const key = keyOf(form)
    const reason = foreign(form.dataset['signer'])
    if (why !== null) why.textContent = reason
    const isBusy = actor.isBusy(key) || waiting.has(key)
    button.disabled = isBusy || reason !== ''
    button.setAttribute('aria-busy', String(isBusy))
  }
}

function foreign(needed: string | undefined): string {
  const { address } = wallet
  if (needed === undefined || address === null || needed === address) return ''
  return wallet.accounts.includes(needed) ? said.otherAccount(needed, address) : said.notInWallet(needed)
}

/** Reads the page again and puts the new content in the place of the old one. What is being typed stays. */
async function refresh(isForced = false): Promise<void> {
  const isTyping = document.activeElement?.matches('#main input, #main select, #main textarea') ?? false
  if (!isForced && (isTyping || [...document.querySelectorAll('#main form')].some((form) => form.hasAttribute('data-dirty')))) return
  await htmx.ajax('GET', location.pathname + location.search, {
    target: '#main',
    select: '#main',
    swap: 'outerMorph',
  })
}

/** Titles of what is unfolded. It stays so when the page is read again, also what was unfolded while it was being read. */
let unfolded: (string | null)[] = []

document.addEventListener('htmx:before:swap', () => {
  unfolded = [...document.querySelectorAll<HTMLElement>('#main details[open] > summary')].map((one) => one.textContent)
})

document.addEventListener('submit', (event) => {
  const form = event.target
  if (!(form instanceof HTMLFormElement) || form.dataset['action'] === undefined) return
  event.preventDefault()
  void submit(form)
})

document.addEventListener('input', (event) => {
  const form = event.target instanceof Element ? event.target.closest<HTMLFormElement>('#main form') : null
  if (form === null) return
  form.dataset['dirty'] = ''
  countDown(form)
})

document.addEventListener('htmx:after:swap', () => {
  for (const one of document.querySelectorAll<HTMLElement>('#main details:not([open]) > summary')) {
    if (unfolded.includes(one.textContent)) one.parentElement?.setAttribute('open', '')
  }
  markBusy()
  recompute()
})

/** What is left of the month's energy after what is typed. */
function countDown(form: HTMLFormElement): void {
  const place = form.querySelector<HTMLElement>('[data-remaining-wh]')
  if (place === null) return
  const typed = [...form.querySelectorAll<HTMLInputElement>('input[data-kwh]')].map((one) => baseUnits(one.value.replaceAll(',', '').trim(), 3))
  const isWhole = typed.every((one) => /^\d+000$|^0$/.test(one))
  const left = typed.reduce((sum, one) => sum - (isWhole ? BigInt(one) : 0n), BigInt(place.dataset['remainingWh'] ?? '0'))
  place.textContent = isWhole ? said.left(left) : said.wholeKwh
}

/** Computes every invoice again. */
function recompute(): void {
  for (const place of document.querySelectorAll<HTMLElement>('.checked[data-bill]')) {
    const written = JSON.parse(place.dataset['bill'] ?? '{}') as WrittenBill
    const { terms, readings } = written
    const bill: Bill = {
      kwh: BigInt(written.kwh),
      price: BigInt(written.price),
      amount: BigInt(written.amount),
      due: BigInt(written.due),
      credits: BigInt(written.credits),
      epoch: written.epoch,
      terms: { price: BigInt(terms.price), escalatorBps: BigInt(terms.escalatorBps), firstEpoch: terms.firstEpoch },
      readings: readings && { wh: readings.wh.map(BigInt), recordedWh: BigInt(readings.recordedWh) },
    }
    place.textContent = checked(bill, written.unit)
  }
}

/** A bill as the page writes it: whole numbers of any size are texts. */
interface WrittenBill {
  kwh: string
  price: string
  amount: string
  due: string
  credits: string
  epoch: number
  unit: Unit
  terms: { price: string; escalatorBps: string; firstEpoch: number }
  readings: { wh: string[]; recordedWh: string } | null
}

// --- copying ---------------------------------------------------------------------------------------------------------

document.addEventListener('click', (event) => {
  const button = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-copy]') : null
  if (button === null) return
  void copy(button, button.dataset['copy'] ?? '')
})

async function copy(button: HTMLElement, text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text)
    announce(said.copied)
  } catch {
    // Without https there is no clipboard: the text is shown and selected.
    const field = element('input', '', { type: 'text', readonly: '', 'aria-label': 'Text to copy' })
    field.value = text
    button.after(field)
    field.select()
    field.addEventListener('blur', () => field.remove())
    announce(said.copyByHand)
  }
}

function announce(text: string): void {
  const place = byId('said')
  if (place !== null) place.textContent = text
}

// --- the wallet ------------------------------------------------------------------------------------------------------

function showWallet(problem = ''): void {
  const { address } = wallet
  byId('connect')?.toggleAttribute('hidden', address !== null)
  byId('connected')?.toggleAttribute('hidden', address === null)
  const saying = byId('wallet-said')
  if (saying !== null) saying.textContent = problem
  if (address !== null) {
    const name = byId('wallet-name')
    if (name !== null) name.textContent = wallet.name
    const choice = byId('account') as HTMLSelectElement | null
    choice?.replaceChildren(
      ...wallet.accounts.map((one) => {
        const option = element('option', short(one), { value: one })
        option.selected = one === address
        return option
      }),
    )
    byId('copy-account')?.setAttribute('data-copy', address)
  }
  document.body.dataset['account'] = address ?? ''
  for (const field of document.querySelectorAll<HTMLInputElement>('input[data-own-address]')) {
    if (address !== null && field.value === '') field.value = address
  }
  markBusy()
}

async function offerWallets(): Promise<void> {
  const choice = byId('wallet-choice') as HTMLSelectElement | null
  if (choice === null) return
  try {
    const names = await wallet.names()
    const chosen = choice.value
    choice.replaceChildren(...names.map((name) => element('option', name, { value: name })))
    if (names.includes(chosen)) choice.value = chosen
    showWallet()
  } catch (error) {
    const told = said.noWallets(error instanceof Error ? error.message : '')
    showWallet(`${told.sentence} ${told.advice}`)
  }
}

async function guarded(act: () => Promise<void> | void): Promise<void> {
  try {
    await act()
    showWallet()
  } catch (error) {
    const why = error instanceof Error ? error.message : ''
    const told = config.wallets?.kind === 'public' ? said.notConnected(why) : said.noWallets(why)
    showWallet(`${told.sentence} ${told.advice}`)
  }
}

byId('connect')?.addEventListener('submit', (event) => {
  event.preventDefault()
  const { value } = byId('wallet-choice') as HTMLSelectElement
  void guarded(() => wallet.connect(value)).then(() => byId('wallet-list')?.focus())
})
byId('disconnect')?.addEventListener('click', () => void guarded(() => wallet.disconnect()))
byId('account')?.addEventListener('change', (event) => {
  const { value } = event.target as HTMLSelectElement
  void guarded(() => wallet.use(value))
})

// --- what is new on the chain ----------------------------------------------------------------------------------------

const SAID = 'gridpact.said'

interface News {
  round: number
  chain: string
  network: string
}

function listen(): void {
  const news = new EventSource('/live')
  news.addEventListener('block', (event) => {
    const { round, chain, network } = JSON.parse((event as MessageEvent<string>).data) as News
    const place = byId('round')
    const before = Number(place?.dataset['round'] ?? '0')
    if (chain !== config.chain || round < before) {
      // Said after the reload: before it nobody could read it.
      sessionStorage.setItem(SAID, said.otherChain(config.network, network))
      location.reload()
      return
    }
    if (place !== null && round !== before) {
      place.textContent = round.toLocaleString('en-US')
      place.dataset['round'] = String(round)
      void refresh()
    }
  })
  let isSilent = false
  news.addEventListener('silent', (event) => {
    isSilent = true
    const place = byId('chain-said')
    if (place !== null) place.textContent = (event as MessageEvent<string>).data
  })
  news.addEventListener('block', () => {
    const place = byId('chain-said')
    if (place !== null && isSilent) {
      isSilent = false
      place.textContent = ''
      void offerWallets()
      void refresh()
    }
  })
  addEventListener('pagehide', () => news.close())
}

// --- begin -----------------------------------------------------------------------------------------------------------

/** What the page wanted to say when it was read again. */
function sayWhy(): void {
  const place = byId('chain-said')
  const text = sessionStorage.getItem(SAID)
  if (place === null || text === null) return
  place.textContent = text
  sessionStorage.removeItem(SAID)
}

async function begin(): Promise<void> {
  activity.forgetAfter(config.round)
  sayWhy()
  for (const entry of activity.entries().reverse()) draw(entry)
  recompute()
  let problem = ''
  try {
    await wallet.resume()
  } catch {
    problem = 'The wallet that was connected is not there any more. Connect again.'
  }
  await offerWallets()
  if (problem !== '') showWallet(problem)
  for (const entry of activity.entries()) await actor.resume(entry)
  document.body.dataset['ready'] = 'true'
  if (byId('round') !== null) listen()
}

void begin()
