import { createClient } from '@jiankangbao/api-client/client'
import { parsePhone } from '@jiankangbao/domain/identity/phone'
import { Text, View } from '@tarojs/components'

const client = createClient({ transport: async () => ({ status: 200, body: {} }) })

const Home = () => (
  <View>
    <Text>
      {JSON.stringify(parsePhone('13800000000'))}
      {String(typeof client.call)}
    </Text>
  </View>
)

export default Home
