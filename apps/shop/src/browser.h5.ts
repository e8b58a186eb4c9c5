import './styles/browser.scss'
