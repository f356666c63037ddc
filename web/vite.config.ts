import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import vue from '@vitejs/plugin-vue'
import { defineConfig, type Plugin, type UserConfig } from 'vite'
import { viteSingleFile } from 'vite-plugin-singlefile'

const PLACEHOLDER = '@@REPORT_DATA@@'

/** The hashes of every inlined block with the given tag that a browser would run or apply. */
function hashes(html: string, block: RegExp): string {
  return [...html.matchAll(block)]
    .map(match => `'sha256-${createHash('sha256').update(match[1] ?? '').digest('base64')}'`)
    .join(' ')
}

/**
 * Closes the one file: nothing may be fetched, and only the inlined script and style, known by their hashes, may run.
 * The data block is not run, so filling it in later leaves the hashes true.
 */
function closePage(file: string): Plugin {
  return {
    name: 'close-page',
    enforce: 'post',
    // Last of all, after the script and the style were inlined.
    generateBundle: { order: 'post', handler(_options, bundle) {
      const page = bundle[file]
      if (page?.type !== 'asset') throw new Error(`The build gave no ${file}`)
      const html = String(page.source)
      if (html.split(PLACEHOLDER).length !== 2) throw new Error(`${PLACEHOLDER} must stand in the page exactly once`)
      const frame = html.replace(/(<(script|style)[^>]*>)[\s\S]*?<\/\2>/g, '$1')
      if (/<(script|link)[^>]+(src|href)="(?!data:)/.test(frame)) throw new Error(`The page still points to another file: ${frame.slice(0, 900)}`)
      const scripts = hashes(html, /<script type="module"[^>]*>([\s\S]*?)<\/script>/g)
      const styles = hashes(html, /<style[^>]*>([\s\S]*?)<\/style>/g)
      if (!scripts || !styles) throw new Error('The page has no inlined script or style to hash')
      const policy = `default-src 'none'; script-src ${scripts}; style-src ${styles}; img-src data:; base-uri 'none'; form-action 'none'`
      page.source = html.replace('<meta charset="utf-8">', () => `<meta charset="utf-8">\n<meta http-equiv="Content-Security-Policy" content="${policy}">`)
    } },
  }
}

/** What a first visit may weigh before the map, in bytes after gzip: the shell, its style, signing in and the home page. */
const FIRST_VISIT = 600_000
const FIRST_PAGES = ['src/app/main.ts', 'index.html', 'src/app/pages/SignInPage.vue', 'src/app/pages/HomePage.vue']

/** Prints what a first visit and each later chunk weigh, and fails the build above the bound. */
function weighFirstVisit(): Plugin {
  return {
    name: 'weigh-first-visit',
    generateBundle: { order: 'post', handler(_options, bundle) {
      const size = (file: string) => { const one = bundle[file]; return one ? gzipSync(one.type === 'chunk' ? one.code : one.source).length : 0 }
      const first = new Set<string>()
      const take = (file: string) => {
        const one = bundle[file]
        if (!one || one.type !== 'chunk' || first.has(file)) return
        first.add(file)
        for (const style of one.viteMetadata?.importedCss ?? []) first.add(style)
        one.imports.forEach(take)
      }
      for (const one of Object.values(bundle)) if (one.type === 'chunk' && FIRST_PAGES.some(page => one.facadeModuleId?.endsWith(page))) take(one.fileName)
      const total = [...first].reduce((sum, file) => sum + size(file), 0)
      const later = Object.keys(bundle).filter(file => !first.has(file) && /\.(m?js|css)$/.test(file)).map(file => [file, size(file)] as const).sort((a, b) => b[1] - a[1])
      console.log(`First visit ${(total / 1000).toFixed(1)} kB gzip of ${FIRST_VISIT / 1000} kB (${first.size} files); later, when asked for:`)
      for (const [file, bytes] of later.slice(0, 12)) console.log(`  ${(bytes / 1000).toFixed(1).padStart(7)} kB  ${file}`)
      if (total > FIRST_VISIT) throw new Error(`A first visit weighs ${total} bytes after gzip, more than ${FIRST_VISIT}`)
    } },
  }
}

const DEFINE = {
  __VUE_OPTIONS_API__: 'false',
  __VUE_PROD_DEVTOOLS__: 'false',
  __VUE_I18N_FULL_INSTALL__: 'false',
  __VUE_I18N_LEGACY_API__: 'false',
  __INTLIFY_PROD_DEVTOOLS__: 'false',
}

/** The web app: index.html and hashed files beside it, served by the program under a policy that allows nothing inline. */
function app(): UserConfig {
  return {
    plugins: [vue(), weighFirstVisit()],
    publicDir: false,
    define: { ...DEFINE, __VUE_OPTIONS_API__: 'true' },   // Element Plus has components written with options
    worker: { format: 'es' },
    server: { proxy: { '/api': 'http://127.0.0.1:8080' } },
    build: {
      outDir: 'dist/app',
      emptyOutDir: true,
      target: 'es2022',
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      chunkSizeWarningLimit: 1500,
      license: { fileName: 'licences.md' },
      rolldownOptions: {
        input: 'index.html',
        output: { codeSplitting: { groups: [
          { name: 'maplibre', test: /node_modules[\\/](maplibre-gl|@maplibre)[\\/]/ },
          { name: 'echarts', test: /node_modules[\\/](echarts|zrender)[\\/]/ },
        ] } },
      },
    },
  }
}

/** A page of its own, built into one file, since a single file takes one input. */
function page(name: 'report' | 'effect'): UserConfig {
  return {
    plugins: [vue(), viteSingleFile({ removeViteModuleLoader: true }), closePage(`${name}.html`)],
    publicDir: false,
    define: DEFINE,
    build: {
      outDir: 'dist',
      emptyOutDir: name === 'report',
      target: 'es2022',
      license: { fileName: `${name}-licences.md` },
      rolldownOptions: { input: `${name}.html` },
    },
  }
}

/** `vite build` makes report.html, `vite build --mode effect` effect.html, `vite build --mode app` the folder app. */
export default defineConfig(({ mode }) => (mode === 'app' ? app() : page(mode === 'effect' ? 'effect' : 'report')))
