import react from '@vitejs/plugin-react'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { defineConfig, type Plugin } from 'vite'

// The server hands out the built console under /console/ and answers /console/v1 on the same origin.
// In development Vite stands in front and passes the API and the pictures through.
const server = `http://127.0.0.1:${process.env['PORT'] ?? '4000'}`

/** Lays a .br and a .gz beside every text file: the server sends them as they are and compresses nothing itself. */
const compressed = (): Plugin => {
  let folder = ''
  return {
    name: 'linli:compressed',
    apply: 'build',
    configResolved(config) {
      folder = path.resolve(config.root, config.build.outDir)
    },
    async closeBundle() {
      const files = await readdir(folder, { recursive: true })
      await Promise.all(
        files
          .filter((file) => /\.(js|css|svg|html)$/.test(file))
          .map(async (file) => {
            const bytes = await readFile(path.join(folder, file))
            if (bytes.length < 1024) return
            await writeFile(path.join(folder, `${file}.br`), brotliCompressSync(bytes))
            await writeFile(path.join(folder, `${file}.gz`), gzipSync(bytes, { level: 9 }))
          }),
      )
    },
  }
}

export default defineConfig({
  base: '/console/',
  plugins: [react(), compressed()],
  server: {
    proxy: {
      '/console/v1': server,
      '/v1': server,
      '/media': server,
    },
  },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    chunkSizeWarningLimit: 900,
    rolldownOptions: {
      onwarn: (warning) => {
        throw new Error(`the console build must be silent: ${warning.message}`)
      },
    },
  },
})
