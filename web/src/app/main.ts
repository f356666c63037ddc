import { createApp } from 'vue'
import 'element-plus/es/components/base/style/css'
import '../report/page.css'
import App from './App.vue'
import './app.css'
import './forms.css'
import './pages.css'
import { i18n, speak, tongue } from './i18n'
import { router } from './router'

speak(tongue())
createApp(App).use(router).use(i18n).mount('#app')
