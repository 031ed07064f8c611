import { describe, expect, it } from 'vitest'
import { DEVELOPMENT_ZONE_LINES, DIVISION_LINES } from './division-data.ts'
import { divisionNameEn } from './division-names-en.ts'

const namesOf = (line: string): string[] => line.match(/[\u4e00-\u9fff]+/g) ?? []

describe('English names of divisions', () => {
  it.each([
    ['徐州市', 'Xuzhou City'],
    ['沛县', 'Pei County'],
    ['陕西省', 'Shaanxi Province'],
    ['山西省', 'Shanxi Province'],
    ['西安市', 'Xi’an City'],
    ['六安市', 'Lu’an City'],
    ['吕梁市', 'Lüliang City'],
    ['厦门市', 'Xiamen City'],
    ['台州市', 'Taizhou City'],
    ['盐都区', 'Yandu District'],
    ['清新区', 'Qingxin District'],
    ['浦东新区', 'Pudong New Area'],
    ['井陉矿区', 'Jingxing Mining District'],
    ['内蒙古自治区', 'Inner Mongolia Autonomous Region'],
    ['西藏自治区', 'Xizang (Tibet) Autonomous Region'],
    ['呼和浩特市', 'Hohhot City'],
    ['日喀则市', 'Xigaze City'],
    ['锡林郭勒盟', 'Xilingol League'],
    ['科尔沁右翼前旗', 'Horqin Right Wing Front Banner'],
    ['乌拉特中旗', 'Urad Middle Banner'],
    ['鄂温克族自治旗', 'Ewenki Autonomous Banner'],
    ['东乡族自治县', 'Dongxiang Autonomous County'],
    ['恩施土家族苗族自治州', 'Enshi Tujia and Miao Autonomous Prefecture'],
    ['积石山保安族东乡族撒拉族自治县', 'Jishishan Bonan, Dongxiang and Salar Autonomous County'],
    ['伊犁哈萨克自治州', 'Ili Kazak Autonomous Prefecture'],
    ['徐州经济技术开发区', 'Xuzhou Economic and Technological Development Zone'],
    ['平顶山市城乡一体化示范区', 'Pingdingshan Urban-Rural Integration Demonstration Zone'],
  ])('%s is %s', (name, english) => {
    expect(divisionNameEn(name)).toBe(english)
  })

  it('there is one for every province, city, county and zone, in Latin letters', () => {
    const all = [...DIVISION_LINES, ...DEVELOPMENT_ZONE_LINES].flatMap(namesOf)
    expect(all.length).toBeGreaterThan(3000)
    const without = all.filter((name) => !/^[A-Z][A-Za-zü’' (),-]+$/.test(divisionNameEn(name) ?? ''))
    expect(without).toEqual([])
  })

  it('none is made up for a place that is nowhere', () => {
    expect(divisionNameEn('无此地县')).toBeUndefined()
  })
})
