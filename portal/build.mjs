/**
 * Bundles the browser's side and copies what it stands on into gridpact/portal/static, each file with the hash of its
 * content in its name, and manifest.json, which says what is where. `--check` compares instead of writing.
 */
import { build } from 'esbuild'
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = fileURLToPath(new URL('.', import.meta.url))
const target = join(here, '..', 'gridpact', 'portal', 'static')
const contracts = join(here, '..', 'gridpact', 'contracts')

/** Method names, argument names and types of the four contracts: what a call is decoded with. */
function methods() {
  const table = {}
  for (const file of readdirSync(contracts).filter((name) => name.endsWith('.arc56.json')).sort()) {
    const document = JSON.parse(readFileSync(join(contracts, file), 'utf8'))
    table[document.name] = document.methods.map((method) => ({
      name: method.name,
      args: method.args.map((argument) => ({ name: argument.name, type: argument.type })),
      fields: Object.fromEntries(
        method.args
          .filter((argument) => argument.struct)
          .map((argument) => [argument.name, document.structs[argument.struct].map((field) => field.name)]),
      ),
      returns: method.returns.type,
    }))
  }
  return table
}

/** The table as a module, for the bundle and for the tests. */
const generated = join(here, 'src', 'methods.generated.json')
const table = `${JSON.stringify(methods(), null, 1)}\n`

/**
 * The bundle: the page's script, the part of it that lazy ones share (loaded with it), and the lazy ones: the wallets of
 * public networks. All have the hash of their content in their names.
 */
const bundle = async () => {
  const result = await build({
    entryPoints: { portal: join(here, 'src', 'main.ts') },
    bundle: true,
    splitting: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    legalComments: 'none',
    metafile: true,
    write: false,
    absWorkingDir: here,
    outdir: here,
    entryNames: '[name]-[hash]',
    chunkNames: 'chunk-[hash]',
    define: { global: 'globalThis', 'process.env.NODE_ENV': '"production"' },
  })
  const outputs = Object.fromEntries(result.outputFiles.map((one) => [basename(one.path), one.contents]))
  const about = Object.fromEntries(Object.entries(result.metafile.outputs).map(([path, one]) => [basename(path), one]))
  const entry = Object.keys(about).find((name) => about[name].entryPoint === 'src/main.ts')
  const shared = new Set()
  const collect = (name) => {
    for (const one of about[name].imports) {
      const path = basename(one.path)
      if (one.kind !== 'import-statement' || shared.has(path)) continue
      shared.add(path)
      collect(path)
    }
  }
  collect(entry)
  const lazy = Object.keys(outputs).filter((name) => name !== entry && !shared.has(name))
  return { outputs, entry, shared: [...shared].sort(), lazy: lazy.sort() }
}

const vendored = (path) => readFileSync(join(here, 'node_modules', path))
/** A browser that looks for a source map finds none. */
const withoutMap = (content) => Buffer.from(content.toString().replace(/\n?\/\/# sourceMappingURL=.*\s*$/, '\n'))

const files = () => ({
  'htmx.js': withoutMap(vendored('htmx.org/dist/htmx.min.js')),
  'pico.css': vendored('@picocss/pico/css/pico.classless.min.css'),
  'portal.css': readFileSync(join(here, 'src', 'portal.css')),
})

const check = process.argv.includes('--check')
const differing = []
const present = (path) => {
  try {
    return readFileSync(path)
  } catch {
    return null
  }
}
const put = (path, content) => {
  const old = present(path)
  if (old !== null && Buffer.compare(old, Buffer.from(content)) === 0) return
  if (check) differing.push(path)
  else writeFileSync(path, content)
}

mkdirSync(target, { recursive: true })
put(generated, table)
const { outputs, entry, shared, lazy } = await bundle()
const manifest = { files: { 'portal.js': entry }, shared, lazy }
for (const [name, content] of Object.entries(outputs)) put(join(target, name), content)
for (const [name, content] of Object.entries(files())) {
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 12)
  const [stem, suffix] = [name.slice(0, name.lastIndexOf('.')), name.slice(name.lastIndexOf('.'))]
  manifest.files[name] = `${stem}-${hash}${suffix}`
  put(join(target, manifest.files[name]), content)
}
put(join(target, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`)
const known = new Set([...Object.values(manifest.files), ...shared, ...lazy, 'manifest.json'])
for (const name of readdirSync(target)) {
  if (known.has(name)) continue
  if (check) differing.push(join(target, name))
  else rmSync(join(target, name))
}
if (differing.length > 0) {
  console.error(`A rebuild differs: ${differing.map((path) => basename(path)).join(', ')}. Run \`npm run build\` in portal/.`)
  process.exit(1)
}
