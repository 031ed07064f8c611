// `import './storage.ts'` takes `storage.h5.ts` (or `.weapp.ts`, `.alipay.ts`) where there is one beside it. The
// variants Taro resolves by itself need imports without an extension, which the type checker here does not allow.
const platformVariants = (platform) =>
  class PlatformVariants {
    apply(compiler) {
      compiler.options.resolve.extensionAlias = {
        '.ts': [`.${platform}.ts`, '.ts'],
        '.tsx': [`.${platform}.tsx`, '.tsx'],
      }
    }
  }

module.exports = { platformVariants }
