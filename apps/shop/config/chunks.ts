/**
 * Cuts the browser build so that a page loads React once, Taro once and only its own code. Taro's default repeats about
 * 60 KB (compressed) of components in every page.
 */
export const h5Chunks = {
  chunks: 'all' as const,
  minSize: 4096,
  maxInitialRequests: 10,
  maxAsyncRequests: 20,
  cacheGroups: {
    default: false as const,
    defaultVendors: false as const,
    react: { name: 'react', test: /[\\/]node_modules[\\/](react|react-dom|scheduler)[\\/]/, priority: 30 },
    taro: {
      name: 'taro',
      test: /[\\/]node_modules[\\/]@tarojs[\\/]/,
      priority: 20,
      chunks: 'initial' as const,
    },
    pages: { minChunks: 2, priority: 10, reuseExistingChunk: true, chunks: 'async' as const },
  },
}
