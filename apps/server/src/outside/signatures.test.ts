import { describe, expect, it } from 'vitest'
import { canonicalQuery, signAcs3 } from './aliyun/acs3.ts'
import { signTc3 } from './tencent/tc3.ts'

describe('the vectors that the clouds publish', () => {
  it('Alibaba Cloud, V3 request structure and signature: RunInstances', () => {
    const { authorization } = signAcs3(
      { accessKeyId: 'YourAccessKeyId', accessKeySecret: 'YourAccessKeySecret' },
      {
        method: 'POST',
        host: 'ecs.cn-shanghai.aliyuncs.com',
        action: 'RunInstances',
        version: '2014-05-26',
        query: {
          RegionId: 'cn-shanghai',
          ImageId: 'win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd',
        },
        body: '',
        at: new Date('2023-10-26T10:22:32Z'),
        nonce: '3156853299f313e23d1673dc12e1703d',
      },
    )
    expect(authorization).toBe(
      'ACS3-HMAC-SHA256 Credential=YourAccessKeyId,SignedHeaders=host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version,Signature=06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0',
    )
  })

  it('Tencent Cloud, signature v3: DescribeInstances, with the key of 32 asterisks that the page is written with', () => {
    const { authorization } = signTc3(
      { secretId: `AKID${'*'.repeat(32)}`, secretKey: '*'.repeat(32) },
      {
        service: 'cvm',
        host: 'cvm.tencentcloudapi.com',
        action: 'DescribeInstances',
        body: '{"Limit": 1, "Filters": [{"Values": ["\\u672a\\u547d\\u540d"], "Name": "instance-name"}]}',
        at: new Date(1_551_113_065_000),
      },
    )
    expect(authorization).toBe(
      `TC3-HMAC-SHA256 Credential=AKID${'*'.repeat(32)}/2019-02-25/cvm/tc3_request, SignedHeaders=content-type;host;x-tc-action, Signature=10b1a37a7301a02ca19a647ad722d5e43b4b3cff309d421d85b46093f6ab6c4f`,
    )
  })
})

it('writes parameters as RFC 3986 has them, in the order of their names', () => {
  expect(canonicalQuery({ b: "it's (a) *b*~c/d", a: '张 三' })).toBe(
    'a=%E5%BC%A0%20%E4%B8%89&b=it%27s%20%28a%29%20%2Ab%2A~c%2Fd',
  )
})
