import { PEAR, productOf } from '../apps/server/test/fixtures.ts'
import { grantToAll } from './actions/benefits.ts'
import { offer } from './actions/claims.ts'
import { storeSome } from './actions/stored-value.ts'
import type { Dice } from './dice.ts'
import { connect } from './connect.ts'
import { headOffice, type Town } from './town.ts'

const PEAR_PRODUCT = productOf('6999911000039')

/** What head office sets up before the doors open: something to weigh, rules that take money off, coupons, and money paid ahead. */
export async function furnish(town: Town, dice: Dice): Promise<void> {
  const office = headOffice(town, dice)
  const params = { productId: PEAR_PRODUCT }
  const product = await office('GET /console/v1/products/:productId', { params })
  const { name, subtitle, description, categoryId, unit, speciality, facts, version, pictures } = product
  const pictureIds = pictures.map(({ id }) => id)
  const weight = { pieceGrams: 1500, perGrams: 500 } as const
  await office('PUT /console/v1/products/:productId', {
    params,
    body: { name, subtitle, description, categoryId, unit, speciality, facts, version, pictureIds, weight },
  })
  const terms = {
    stackGroup: 'step',
    exclusiveWith: [],
    maxOffFen: null,
    funding: 'hq' as const,
    storeIds: null,
    categoryIds: [],
    skuIds: [],
    exceptCategoryIds: [],
    exceptSkuIds: [],
    startsAt: town.chain.now().toISOString(),
    endsAt: null,
    replaces: null,
  }
  await office('POST /console/v1/price-rules', {
    body: {
      ...terms,
      stage: 'step',
      label: '满20减3',
      steps: [{ atFen: 2000, atPieces: 0, offFen: 300, offBp: 0 }],
    },
  })
  await office('POST /console/v1/price-rules', {
    body: {
      ...terms,
      stackGroup: 'pickup',
      stage: 'pickup',
      label: '梨自提九七折',
      skuIds: [PEAR],
      steps: [{ atFen: 0, atPieces: 1, offFen: 0, offBp: 300 }],
    },
  })
  await grantToAll(town, dice)
  await storeSome(town, dice.fork('stored value'))
  await offer(town, dice.fork('offers'))
  await connect(town, dice.fork('systems'))
}
