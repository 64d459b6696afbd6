module github.com/wxgen/wxgen/interop

go 1.26.0

require (
	github.com/wechatpay-apiv3/wechatpay-go v0.2.21
	github.com/wxgen/wxgen v0.0.0
)

replace github.com/wxgen/wxgen => ../
