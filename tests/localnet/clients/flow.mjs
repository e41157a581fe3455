// Deploys the contracts from their ARC-56 documents with npm algosdk alone, calls one, simulates it, reads a box, and
// decodes an error. Prints what it saw as one JSON document.
//
//   node flow.mjs <KWhReceipt.arc56.json> [<consumer's .arc56.json> ...]
//
// Addresses of the services come from the environment, as AlgoKit has them.
import { readFileSync } from 'node:fs'
import algosdk from 'algosdk'

const env = process.env
const algod = new algosdk.Algodv2(env.ALGOD_TOKEN, env.ALGOD_SERVER, env.ALGOD_PORT)
const indexer = new algosdk.Indexer(env.INDEXER_TOKEN, env.INDEXER_SERVER, env.INDEXER_PORT)
const kmd = new algosdk.Kmd(env.KMD_TOKEN, env.KMD_SERVER, env.KMD_PORT)
const spec = JSON.parse(readFileSync(process.argv[2], 'utf8'))

const EPOCH = 202602
const DEPLOY_TIME = { UPDATABLE: 0, DELETABLE: 0 }

async function funded() {
  const { wallets } = await kmd.listWallets()
  const wallet = wallets.find((one) => one.name === 'unencrypted-default-wallet')
  const { wallet_handle_token: handle } = await kmd.initWalletHandle(wallet.id, '')
  const { addresses } = await kmd.listKeys(handle)
  const { private_key: key } = await kmd.exportKey(handle, '', addresses[0])
  await kmd.releaseWalletHandle(handle)
  return { address: addresses[0], signer: algosdk.makeBasicAccountTransactionSigner({ addr: addresses[0], sk: key }) }
}

async function program(base64) {
  let teal = Buffer.from(base64, 'base64').toString()
  for (const [name, value] of Object.entries(DEPLOY_TIME)) teal = teal.replaceAll(`TMPL_${name}`, String(value))
  const { result } = await algod.compile(teal).do()
  return new Uint8Array(Buffer.from(result, 'base64'))
}

const method = (name) => new algosdk.ABIMethod(spec.methods.find((one) => one.name === name))
const { address, signer } = await funded()
const common = async () => ({ sender: address, signer, suggestedParams: await algod.getTransactionParams().do() })

// --- deploy ----------------------------------------------------------------------------------------------------------
async function creation(document) {
  const { global, local } = document.state.schema
  const approvalProgram = await program(document.source.approval)
  return {
    ...(await common()),
    approvalProgram,
    clearProgram: await program(document.source.clear),
    numGlobalInts: global.ints,
    numGlobalByteSlices: global.bytes,
    numLocalInts: local.ints,
    numLocalByteSlices: local.bytes,
    extraPages: Math.ceil(approvalProgram.length / 2048) - 1,
    onComplete: algosdk.OnApplicationComplete.NoOpOC,
  }
}

async function deploy(document, methodArgs, appForeignApps = []) {
  const method = new algosdk.ABIMethod(document.methods.find((one) => one.name === 'create'))
  const group = new algosdk.AtomicTransactionComposer()
  const made = await creation(document)
  group.addMethodCall({ ...made, appID: 0, method, methodArgs, appForeignApps })
  const { txIDs } = await group.execute(algod, 4)
  const { applicationIndex } = await algod.pendingTransactionInformation(txIDs[0]).do()
  return { appId: applicationIndex, approvalProgram: made.approvalProgram }
}

const { genesisHash } = await algod.getTransactionParams().do()
const { appId: appID, approvalProgram } = await deploy(spec, [genesisHash])

async function deployConsumer(path) {
  const document = JSON.parse(readFileSync(path, 'utf8'))
  const { appId } = await deploy(document, [appID], [appID])
  const { params } = await algod.getApplicationByID(appId).do()
  const entry = params.globalState.find((one) => Buffer.from(one.key).toString() === 'kwh_receipt_app')
  return { name: document.name, appId, receipt: entry.value.uint }
}

const consumers = []
for (const path of process.argv.slice(3)) consumers.push(await deployConsumer(path))

// --- call ------------------------------------------------------------------------------------------------------------
const uint64 = (value) => algosdk.encodeUint64(value)
const zero = algosdk.Address.zeroAddress()
const boxes = [
  new Uint8Array([...Buffer.from('r'), ...uint64(EPOCH), ...uint64(0), ...uint64(1)]),
  new Uint8Array([...Buffer.from('l'), ...zero.publicKey, ...uint64(EPOCH)]),
  new Uint8Array([...Buffer.from('t'), ...zero.publicKey]),
].map((name) => ({ appIndex: appID, name }))

async function record(interval, kwh) {
  const group = new algosdk.AtomicTransactionComposer()
  const shared = await common()
  const deposit = algosdk.makePaymentTxnWithSuggestedParamsFromObject({
    sender: address,
    receiver: algosdk.getApplicationAddress(appID),
    amount: 1_000_000,
    suggestedParams: shared.suggestedParams,
  })
  group.addTransaction({ txn: deposit, signer })
  group.addMethodCall({ ...shared, appID, method: method('recordProduction'), methodArgs: [EPOCH, interval, kwh], boxes })
  return group.execute(algod, 4)
}

const recorded = await record(1, 125_000)
const confirmed = await algod.pendingTransactionInformation(recorded.txIDs[1]).do()
const indexed = await indexer.lookupTransactionByID(recorded.txIDs[1]).do()

// --- simulate --------------------------------------------------------------------------------------------------------
const query = new algosdk.AtomicTransactionComposer()
query.addMethodCall({
  ...(await common()),
  signer: algosdk.makeEmptyTransactionSigner(),
  appID,
  method: method('getEpochLedger'),
  methodArgs: [zero, EPOCH],
})
const { simulateResponse, methodResults } = await query.simulate(
  algod,
  new algosdk.modelsv2.SimulateRequest({ txnGroups: [], allowEmptySignatures: true, allowUnnamedResources: true }),
)

// --- read a box ------------------------------------------------------------------------------------------------------
const ledgerType = algosdk.ABIType.from(`(${spec.structs.EpochLedger.map((field) => field.type).join(',')})`)
const box = await algod.getApplicationBoxByName(appID, boxes[1].name).do()
const names = await algod.getApplicationBoxes(appID).do()

// --- decode an error -------------------------------------------------------------------------------------------------
function constantBlocks(code) {
  // Template variables move the document's counters by the blocks of constants at the program's start.
  let at = 1
  const varint = () => {
    let [value, shift] = [0, 0]
    for (;;) {
      const byte = code[at++]
      value |= (byte & 0x7f) << shift
      if (byte < 0x80) return value
      shift += 7
    }
  }
  while (code[at] === 0x20 || code[at] === 0x26) {
    const bytes = code[at++] === 0x26
    for (let left = varint(); left > 0; left--) {
      const value = varint()
      if (bytes) at += value
    }
  }
  return at
}

async function refusal() {
  try {
    await record(1, 1)
  } catch (error) {
    const text = String(error.response?.body?.message ?? error.message)
    const counter = Number(text.match(/pc=(\d+)/)[1]) - constantBlocks(approvalProgram)
    const known = spec.sourceInfo.approval.sourceInfo.find((one) => one.errorMessage && one.pc.includes(counter))
    return { status: error.status, app: Number(text.match(/app=(\d+)/)[1]), name: known?.errorMessage }
  }
  throw new Error('the second record of one interval was accepted')
}

console.log(
  JSON.stringify(
    {
      appId: appID,
      consumers,
      round: confirmed.confirmedRound,
      logs: confirmed.logs.map((line) => Buffer.from(line).toString('base64')),
      indexedRound: indexed.transaction.confirmedRound,
      indexedId: indexed.transaction.id,
      txId: recorded.txIDs[1],
      simulated: methodResults[0].returnValue,
      simulateFailure: simulateResponse.txnGroups[0].failureMessage ?? null,
      unnamedBoxes: simulateResponse.txnGroups[0].unnamedResourcesAccessed?.boxes?.length ?? 0,
      box: ledgerType.decode(box.value),
      boxCount: names.boxes.length,
      refusal: await refusal(),
    },
    (_, value) => (typeof value === 'bigint' ? Number(value) : value),
  ),
)
