import { expect, it } from 'vitest'
import { whyNothing } from './host-denial.ts'

it.each([
  [{ errMsg: 'chooseImage:fail cancel' }, 'cancelled'],
  [{ errMsg: 'scanCode:fail cancel' }, 'cancelled'],
  [{ errMsg: 'chooseImage:fail auth deny' }, 'denied'],
  [{ errMsg: 'chooseImage:fail:system permission denied' }, 'denied'],
  [{ errMsg: 'chooseImage:fail privacy permission is not authorized', errno: 104 }, 'denied'],
  [{ errMsg: 'chooseImage:fail' }, 'failed'],
  [{ error: 11, errorMessage: '用户取消操作' }, 'cancelled'],
  [{ error: 10 }, 'cancelled'],
  [{ error: 2001 }, 'denied'],
  [{ error: 2002 }, 'denied'],
  [{ error: '2003' }, 'denied'],
  [{ error: 3, errorMessage: '未知错误' }, 'failed'],
  [undefined, 'failed'],
])('says of %o: %s', (failure, why) => {
  expect(whyNothing(failure)).toBe(why)
})
