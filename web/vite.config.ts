import { createHash } from 'node:crypto'
import vue from '@vitejs/plugin-vue'
import { defineConfig, type Plugin } from 'vite'
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

/** The pages, each a build of its own, since a single file takes one input: `vite build` makes report.html, `vite build --mode effect` effect.html. */
export default defineConfig(({ mode }) => {
  const page = mode === 'effect' ? 'effect' : 'report'
  return {
    plugins: [vue(), viteSingleFile({ removeViteModuleLoader: true }), closePage(`${page}.html`)],
    publicDir: false,
    define: {
      __VUE_OPTIONS_API__: 'false',
      __VUE_PROD_DEVTOOLS__: 'false',
      __VUE_I18N_FULL_INSTALL__: 'false',
      __VUE_I18N_LEGACY_API__: 'false',
      __INTLIFY_PROD_DEVTOOLS__: 'false',
    },
    build: {
      outDir: 'dist',
      emptyOutDir: page === 'report',
      target: 'es2022',
      license: { fileName: `${page}-licences.md` },
      rolldownOptions: { input: `${page}.html` },
    },
  }
})
