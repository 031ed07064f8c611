import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { VitePWA } from 'vite-plugin-pwa'

/** Code that only desks need. The installed checkpoint does not download it in advance. */
const isDeskModule = (id: string): boolean =>
  /node_modules\/(antd|@ant-design|@rc-component|echarts|zrender|dayjs)\//.test(id) ||
  /src\/(ui|app\/desk|features\/(?!checkpoint|sign-in))/.test(id)

export default defineConfig({
  base: '/console/',
  define: { CITY: JSON.stringify(process.env.CITY ?? '') },
  plugins: [
    react(),
    VitePWA({
      // A waiting version takes over when staff say so, never in the middle of a scan.
      registerType: 'prompt',
      injectRegister: false,
      scope: '/console/',
      includeAssets: ['icon.svg', 'icon-192.png', 'icon-512.png'],
      manifest: {
        name: '健康宝查验',
        short_name: '查验',
        description: '扫码查验 Checkpoint scanning',
        lang: 'zh-CN',
        start_url: '/console/checkpoint',
        scope: '/console/',
        display: 'standalone',
        orientation: 'portrait',
        background_color: '#0b1f3a',
        theme_color: '#0b3d91',
        icons: [
          { src: 'icon-192.png', sizes: '192x192', type: 'image/png' },
          { src: 'icon-512.png', sizes: '512x512', type: 'image/png' },
          { src: 'icon-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
        ],
      },
      workbox: {
        globPatterns: ['index.html', 'icon*', 'assets/*.{js,css,wasm}'],
        maximumFileSizeToCacheInBytes: 3 * 1024 * 1024,
        navigateFallback: '/console/index.html',
        navigateFallbackAllowlist: [/^\/console\//],
        cleanupOutdatedCaches: true,
        runtimeCaching: [
          {
            urlPattern: ({ url }) => url.pathname.startsWith('/console/assets/desk/'),
            handler: 'CacheFirst',
            options: { cacheName: 'desk', expiration: { maxEntries: 80 } },
          },
        ],
      },
    }),
  ],
  build: {
    target: 'es2020',
    sourcemap: false,
    chunkSizeWarningLimit: 1200,
    rolldownOptions: {
      output: {
        chunkFileNames: (chunk) =>
          chunk.moduleIds.some(isDeskModule) ? 'assets/desk/[name]-[hash].js' : 'assets/[name]-[hash].js',
      },
    },
  },
  server: {
    port: Number(process.env.CONSOLE_PORT ?? 5174),
    strictPort: true,
    proxy: { '/api': process.env.API_ORIGIN ?? 'http://127.0.0.1:8080' },
  },
})
