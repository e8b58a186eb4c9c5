import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

// The server hands out the built console under /console/ and answers /console/v1 on the same origin.
// In development Vite stands in front and passes the API and the pictures through.
const server = `http://127.0.0.1:${process.env.PORT ?? '4000'}`

export default defineConfig({
  base: '/console/',
  plugins: [react()],
  server: {
    proxy: {
      '/console/v1': { target: server, changeOrigin: false },
      '/media': { target: server, changeOrigin: false },
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
