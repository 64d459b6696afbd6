package web

// translate translates a text of the pages. The texts are English. A text without a translation
// stays as it is.
func translate(lang, text string) string {
	if lang == "zh" {
		if said, ok := chinese[text]; ok {
			return said
		}
	}
	if label, ok := labels[text]; ok {
		return label
	}
	return text
}

// labels are the English words for names of the server.
var labels = map[string]string{
	"act: pay": "Pay", "act: refuse": "Refuse", "act: expire": "Let expire",

	"check: request": "the request is whole", "check: interface": "the operation exists",
	"check: authorization": "Authorization header",
	"check: account":       "account is known", "check: timestamp": "timestamp is fresh",
	"check: certificate": "serial number of the certificate",
	"check: signature":   "signature", "check: nonce": "nonce is new", "check: headers": "headers",
	"check: path":  "path parameters",
	"check: query": "query parameters", "check: parameters": "header parameters",
	"check: body": "body as described", "check: file": "file and its digest",
	"check: wechatpay-serial": "Wechatpay-Serial", "check: sealed fields": "sealed fields open",
	"check: state": "state allows it",

	"fault: latency": "the reply comes late", "fault: status": "an error reply",
	"fault: rate-limit":  "429 FREQUENCY_LIMITED",
	"fault: unavailable": "503 of a gateway", "fault: reset": "connection reset before anything " +
		"happens", "fault: lost-reply": "it takes effect, the reply is lost",
	"fault: wrong-signature": "signature of another key",
	"fault: unsigned":        "reply without signature",
	"fault: unknown-serial":  "serial of an unknown key",
	"fault: old-timestamp":   "timestamp an hour old", "fault: probe": "signature probe",
	"fault: malformed": "JSON cut in half", "fault: truncated": "body cut off",
	"fault: huge": "body of 100 MB", "fault: callback-lost": "notification is lost",
	"fault: callback-doubled":      "notification comes twice",
	"fault: callback-out-of-order": "notification comes after the next one",
}

var chinese = map[string]string{
	"act: pay": "支付", "act: refuse": "拒绝", "act: expire": "让其过期",

	"check: request": "请求完整", "check: interface": "接口存在", "check: authorization": "Authorization 头",
	"check: account":   "账号已知",
	"check: timestamp": "时间戳在有效期内", "check: certificate": "证书序列号", "check: signature": "签名",
	"check: nonce": "随机串未使用过", "check: headers": "HTTP 头",
	"check: path": "路径参数", "check: query": "查询参数", "check: parameters": "头参数",
	"check: body": "请求体符合文档", "check: file": "文件与摘要",
	"check: wechatpay-serial": "Wechatpay-Serial", "check: sealed fields": "加密字段可解密",
	"check: state": "状态允许",

	"fault: latency": "应答延迟", "fault: status": "返回错误", "fault: rate-limit": "429 FREQUENCY_LIMITED",
	"fault: unavailable": "网关返回 503",
	"fault: reset":       "处理前连接被重置", "fault: lost-reply": "已生效但应答丢失",
	"fault: wrong-signature": "用别的密钥签名", "fault: unsigned": "应答不带签名",
	"fault: unknown-serial": "未知密钥的序列号", "fault: old-timestamp": "一小时前的时间戳", "fault: probe": "签名探测",
	"fault: malformed": "JSON 只有一半",
	"fault: truncated": "应答体中断", "fault: huge": "100 MB 的应答体", "fault: callback-lost": "通知丢失",
	"fault: callback-doubled":      "通知重复",
	"fault: callback-out-of-order": "通知晚于下一条",

	"order": "订单", "refund": "退款", "combine": "合单", "transfer": "转账", "batch": "转账批次",
	"sharing": "分账", "return": "分账回退", "payscore": "支付分订单",
	"contract": "签约", "permission": "授权", "merchant": "商户", "partner": "服务商", "brand": "品牌",
	"pending": "待送达", "delivered": "已送达", "given up": "已放弃", "not sent": "未发送", "lost": "丢失",
	"pass": "通过", "fail": "未通过", "skip": "跳过",

	"Requests": "请求", "Objects": "对象", "Operations": "接口", "Notifications": "通知", "Controls": "控制",
	"Connect": "接入", "Payment": "支付",
	"Pages": "页面", "Skip to the content": "跳到内容", "faults:": "故障：", "Clock of the server": "服务器时钟",
	"live": "实时", "not live": "未连接",
	"Whether changes show at once": "变化是否立即显示", "no script": "无脚本", "Light colours": "浅色",
	"Dark colours": "深色", "Colours of the system": "跟随系统",
	"Without JavaScript the pages can be read, and the buttons do nothing.": "没有 JavaScript " +
		"时页面可读，按钮不起作用。",
	"This is a test server; it is not WeChat Pay.": "这是测试服务器，不是微信支付。",
	"Keys": "按键", "search": "搜索", "down, up": "下、上", "open": "打开", "to the list": "回列表",
	"Copy": "复制", "none": "无", "no answer": "无应答",
	"signature probe": "签名探测", "Search": "搜索", "refused only": "仅被拒绝的", "Pause": "暂停",
	"Go on": "继续", "fault": "故障",
	"path, title, code, number, Request-Id …": "路径、标题、错误码、单号、Request-Id …",
	"Older ones are found by searching.":      "更早的可以搜索到。",
	"Nothing like that":                       "没有匹配的内容", "No requests yet": "还没有请求",
	"They show up here as they come in.": "收到后会立即显示在这里。",
	"Point a client here":                "把客户端指向这里", ", or ": "，或", "send an example": "发送一个示例",
	".": "。", "newer": "较新", "older": "较早", "account": "账号",
	"Checks": "检查", "none was made": "未做检查", "What was signed": "签名串", "was signed": "实际签名的串",
	"should have been signed": "应当签名的串",
	"method":                  "方法", "timestamp": "时间戳", "nonce": "随机串", "body": "请求体",
	"⏎ is a line end, one byte.":                "⏎ 是换行符，一个字节。",
	"Only the beginning of the string is kept.": "只保留了串的开头。", "bytes, SHA-256": "字节，SHA-256",
	"of what was signed": "实际签名的串为",
	"Request":            "请求", "Response": "应答", "Body": "请求体", "Body, in clear": "明文",
	"Body as sent": "发送的原文", "Sealed fields": "加密字段", "field": "字段",
	"in clear": "明文", "as sent": "密文", "of an upload; its file is": "上传，文件为", "bytes of": "字节，共",
	"Headers": "HTTP 头", "Send it again": "再次发送",
	"Open in the form": "在表单中打开",
	"The body is no text, or too long to be kept: there is no command for it.": "请求体不是文本，或过长未保" +
		"留，无法" +
		"给出命令。",
	"number, state, code_url …": "单号、状态、code_url …", "Kind": "种类", "all kinds": "全部种类",
	"deleted": "已删除", "Nothing is remembered yet": "还没有对象",
	"What requests create shows up here: orders, refunds, transfers, applications.": "请求创建的内容会出" +
		"现在这里" +
		"：订单、退款、转账、申请单。",
	"created": "创建于", "ends": "截止", "Open the pay page": "打开支付页", "History": "历史", "Numbers": "单号",
	"Fields": "字段", "tries": "次尝试",
	"For": "商品", "Number": "单号", "Merchant": "商户", "Way": "方式", "Open until": "有效期至", "PIN": "支付密码",
	"(any six digits)": "（任意六位数字）", "Pay": "支付",
	"Digits": "数字键", "Delete a digit": "删除一位", "Paid": "支付成功", "Not payable": "不可支付",
	"Back to the merchant":             "返回商户",
	"State, history and notifications": "状态、历史与通知",
	"path, title, operationId …":       "路径、标题、operationId …", "service": "服务",
	"all services":                           "全部服务",
	"There are more; search for more words.": "还有更多，请增加搜索词。", "reply is not signed": "应答不签名",
	"These are the values of request":                             "这些值来自请求",
	"These values are a valid example.":                           "这些值是一个有效示例。",
	"The request is signed and sent as a client would.":           "请求会像客户端那样签名并发送。",
	"Write sealed fields in clear: they are sealed on their way.": "加密字段请写明文，发送时会加密。",
	"the meta part; the file is made up":                          "meta 部分，文件自动生成", "Send": "发送",
	"or Ctrl+Enter": "或 Ctrl+Enter", "State": "状态", "all states": "全部状态",
	"next": "下次", "next try": "下次尝试", "No notifications yet": "还没有通知",
	"They go to the notify_url of a request when something changes.": "状态变化时发往请求的 notify_url。",
	"Send a notification": "发送通知", "event": "事件", "to the URL": "发往 URL",
	"what is known of the resource": "资源的已知内容", "the rest is made up": "其余自动生成",
	"what it is about": "相关对象", "Send again": "重新发送", "Tries": "尝试", "Resource, in clear": "资源明文",
	"Clock": "时钟", "by": "前进", "Put forward": "前进",
	"What is due by then happens at once: retries, ends of orders, refunds.": "到期的事情会立即发生：重试、订单过" +
		"期、退款。",
	"Faults": "故障", "what": "内容", "where": "范围", "times left": "剩余次数", "after": "跳过",
	"Remove": "移除", "Remove all": "全部移除", "Nothing goes wrong.": "没有故障。",
	"replies": "应答", "any": "任意", "path": "路径", "empty is any": "空为任意", "times": "次数",
	"0 is for ever": "0 为一直", "after so many requests": "先放过几次",
	"latency": "延迟", "status": "状态码", "code": "错误码", "Put in force": "生效",
	"Platform certificates": "平台证书", "Make a new one": "生成新证书",
	"The last one signs, for accounts that live with certificates.": "对使用平台证书的账号，由最后一张签名。",
	"All of it": "整体", "Save a snapshot": "保存快照",
	"Restore one": "恢复快照", "Restore": "恢复",
	"Forget all objects, requests, notifications and faults?": "清空全部对象、请求、通知和故障？", "Reset": "重置",
	"A reset forgets everything but the credentials.": "重置会清空除凭" +
		"证外的一切。",
	"Any client of WeChat Pay's APIv3 works: give it this address and these credentials.": "任何微信支" +
		"付 APIv3 客户端都可以用：配置这个地址和这些凭证即可。",
	"folder of the keys": "密钥文件夹", "public key of the platform": "微信支付公钥", "Accounts": "账号",
	"number": "编号", "who": "身份",
	"serial of the certificate": "证书序列号", "checks replies with": "应答验签用",
	"platform certificate": "平台证书", "public key": "微信支付公钥", "Clients": "客户端",

	"This did not work": "出错了", "Not found": "没有找到", "There is no such page.": "没有这个页面。",
	"There is no such operation.": "没有这个接口。",
	"There is no such page. WeChat Pay's own paths begin with /v3/ or /brand/.": "没有这个页面。微信" +
		"支付的路径以 /v3/ 或 /brand/ 开头。",
	"Pages are only read; changes go to /_mock/.": "页面只供读取，修改" +
		"请发往 /_mock/。",
	"This request is unknown, or forgotten: only the latest are kept.": "没有这个请求，或已" +
		"被遗忘：只保留最近的。",
	"This notification is unknown, or forgotten: only the latest are kept.": "没有这个通知，或已" +
		"被遗忘：只保留最近的。",
	"No request that is remembered was answered with this Request-Id.": "保留的请求中没有这" +
		"个 Request-Id。",
	"This object is unknown, or forgotten.": "没有这个对象，或" +
		"已被遗忘。",
	"Nothing has this number. Place an order with it first.": "没有这个单号，" +
		"请先下单。",
	"a signature probe was taken for a notification: the signature is not checked": "签名探测被当作正常" +
		"通知接收：没有验签",
	"the query is missing from the signed path": "签名的 URL " +
		"缺少查询串",
	"the host is part of the signed path": "签名的 URL " +
		"包含了域名",
	"the body was not signed": "没有对请求体签名",
	"the method is in lower case": "HTTP 方法用了" +
		"小写",
	"the path was signed without its escapes": "签名的路" +
		"径没有转义",
	"the query was signed without its escapes": "签名的查询" +
		"串没有转义",
	"the whole multipart body was signed; only its JSON part is": "对整个 " +
		"multipart 请求体签名了；只应签其中的 JSON",
	"the query was signed as if it were a body": "把查询串当作请" +
		"求体签名了",
	"the last line end is missing": "缺少最后的换行符",
	"the line ends are \\r\\n": "换行符用了 " +
		"\\r\\n",
	"the line ends are a backslash and an n": "换行符写成了反" +
		"斜杠和 n",
	"nonce and timestamp are swapped": "随机串和时" +
		"间戳颠倒了",
	"timestamp and nonce come first": "时间戳和随机串" +
		"写在了前面",
	"what was signed is the form of replies and notifications": "用了应答和通知" +
		"的签名格式",
	"the body was signed without the line end at its end": "签名时去掉了请求体" +
		"末尾的换行",
	"the body was signed without blanks, and sent with them": "签名时请求体没有空" +
		"白，发送时有",
	"the body was signed indented, and sent otherwise": "签名时请求体有缩进" +
		"，发送时没有",
	"the body was signed in another order, or with other escapes, than it was sent": "签名时请求体的字段" +
		"顺序或转义与发送时不同",
	"the body was signed in another order than it was sent": "签名时请求体的字段" +
		"顺序与发送时不同",
	"the signature is none of this account's key over any string that could be guessed": "这个账号的" +
		"密钥对所" +
		"有能猜到的串都得不出这个签名",
}
