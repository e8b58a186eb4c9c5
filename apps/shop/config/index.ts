import path from 'node:path'
import { defineConfig, type UserConfigExport } from '@tarojs/cli'
import { h5Chunks } from './chunks'

const contractSource = path.resolve(__dirname, '../../../packages/contract/src')
const platform = process.env['TARO_ENV'] ?? 'h5'

// npm nests this plugin under the shop (its optional peers want another Vite); the runner, hoisted, cannot find it alone.
const reactPlugin = path.dirname(require.resolve('@tarojs/plugin-framework-react/package.json'))

// Pixels stay pixels on every target: type keeps its size on a large phone, and the layout takes up the width.
const pxtransform = { enable: false, config: {} }

// In a browser the API has the page's own origin; a mini-program must be told where the server is.
const apiOrigin = platform === 'h5' ? '' : (process.env['API_ORIGIN'] ?? 'http://127.0.0.1:4000')

const config: UserConfigExport = {
  projectName: 'linli-shop',
  date: '2026-11-22',
  designWidth: 375,
  deviceRatio: { 375: 2 },
  sourceRoot: 'src',
  outputRoot: process.env['SHOP_OUT'] ?? `dist/${platform}`,
  plugins: platform === 'h5' ? [] : [path.join(__dirname, 'aria-plugin.ts')],
  defineConstants: { API_ORIGIN: JSON.stringify(apiOrigin) },
  alias: { '@tarojs/plugin-framework-react': reactPlugin },
  framework: 'react',
  compiler: { type: 'webpack5', prebundle: { enable: false } },
  cache: { enable: false },
  logger: { quiet: true, stats: false },
  mini: {
    compile: { include: [contractSource] },
    // WXSS has no `*`: with one rule meant for browsers WeChat refuses the whole sheet. This drops them.
    postcss: { pxtransform, htmltransform: { enable: true, config: { platform, removeCursorStyle: true } } },
  },
  copy: {
    // WeChat wants a component behind `tabBar.custom`. This one draws nothing: every screen draws its own bar.
    patterns: platform === 'weapp' ? [{ from: 'assets/weapp/', to: 'dist/weapp/' }] : [],
    options: {},
  },
  h5: {
    publicPath: '/',
    staticDirectory: 'static',
    router: { mode: 'browser' },
    output: { filename: 'js/[name].[contenthash:8].js', chunkFilename: 'js/[name].[contenthash:8].js' },
    miniCssExtractPluginOption: {
      ignoreOrder: true,
      filename: 'css/[name].[contenthash:8].css',
      chunkFilename: 'css/[name].[contenthash:8].css',
    },
    compile: { include: [contractSource] },
    postcss: { pxtransform, autoprefixer: { enable: true, config: {} } },
    webpackChain(chain) {
      chain.optimization.splitChunks(h5Chunks)
      chain.resolve.alias
        .set('@tarojs/components/dist/components', path.join(__dirname, 'no-web-components.js'))
        .set(
          '@tarojs/components/dist/taro-components/taro-components.css',
          path.join(__dirname, 'no-web-components.css'),
        )
      chain.performance.hints(false) // scripts/sizes.ts measures what a page really loads, and fails
    },
    devServer: {
      port: Number(process.env['SHOP_PORT'] ?? 4200),
      open: false,
      proxy: [
        {
          context: ['/v1', '/staff/v1', '/media'],
          target: process.env['API_ORIGIN'] ?? 'http://127.0.0.1:4000',
        },
      ],
    },
  },
}

export default defineConfig(config)
