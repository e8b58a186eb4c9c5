// The mini-program as it is built, run without WeChat: its logic in Node, its view by WeChat's own compilers.
import { test } from 'node:test'
import { compilerMissing } from './weapp-host/compiler.ts'
import { arrivalTests } from './weapp/arrivals.ts'
import { boxTests } from './weapp/boxes.ts'
import { builtWeapp } from './weapp/built.ts'
import { hurdleTests } from './weapp/hurdles.ts'
import { packageTests } from './weapp/package-faults.ts'
import { pageTests } from './weapp/pages.ts'
import { payingTests } from './weapp/paying.ts'
import { pictureTests } from './weapp/pictures.ts'
import { sharingTests } from './weapp/sharing.ts'
import { shoppingTests } from './weapp/shopping.ts'

const missing = compilerMissing()
if (missing !== null) test('weapp', { skip: missing }, () => undefined)
else {
  const root = await builtWeapp()
  packageTests(root)
  shoppingTests(root)
  sharingTests(root)
  hurdleTests(root)
  payingTests(root)
  boxTests(root)
  arrivalTests(root)
  pageTests(root)
  pictureTests(root)
}
