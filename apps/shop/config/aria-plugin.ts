import path from 'node:path'
import type { IPluginContext } from '@tarojs/service'
import { ariaComponents } from './aria-attributes'

interface MiniPlatform {
  template?: {
    mergeComponents(ctx: IPluginContext, components: Record<string, Record<string, string>>): void
  }
  runtimePath: string | string[]
}

/** Lets `aria-*` through: once in the templates that the build writes, once in the runtime that fills them. */
export default function ariaPlugin(ctx: IPluginContext): void {
  ctx.registerMethod({
    name: 'onSetupClose',
    fn(platform: MiniPlatform) {
      if (!platform.template) return
      platform.template.mergeComponents(ctx, ariaComponents)
      platform.runtimePath = [platform.runtimePath, path.join(__dirname, 'aria-runtime.ts')].flat()
    },
  })
}
