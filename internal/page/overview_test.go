package page

import (
	"slices"
	"strings"
	"testing"
)

func TestOverview(t *testing.T) {
	for text, want := range map[string]string{
		"更新时间：2026.03.05":                             "2026-03-05",
		"更新时间:2025.06.26商户有在途异常资金时":                   "2025-06-26",
		"最新更新时间:2021.05.11 版本说明":                      "2021-05-11",
		"Latest update time:2026.02.11 Release notes": "2026-02-11",
		"Update Time：2025-3-3":                        "2025-03-03",
		"更新时间 2025年3月13日":                             "2025-03-13",
		"更新时间：2025.13.40":                             "",
		"now":                                         "",
	} {
		if got := dateIn(text); got != want {
			t.Errorf("%s: %q, wanted %q", text, got, want)
		}
	}
	for text, want := range map[string]string{
		"【普通商户】【普通服务商】":                  "merchant partner",
		"【平台商户】 【普通服务商】":                 "partner platform",
		"Common mode Institutional mode": "merchant institution",
		"Common modeInstitutional mode":  "merchant institution",
		"直连模式机构模式":                       "merchant institution",
		"服务商":                            "partner",
		"直连商户":                           "merchant",
		"电商平台":                           "platform",
		"【渠道商】、【品牌商户】":                   "channel brand",
		"":                               "",
	} {
		if got := strings.Join(rolesIn(text), " "); got != want {
			t.Errorf("%s: %q, wanted %q", text, got, want)
		}
	}
	for text, want := range map[string]string{
		"接口频率限制：100次/秒":      "100次/秒",
		"rate limit:150qps":  "150qps",
		"rate limitt：150qps": "150qps",
		"注:接口限频100次/秒。":      "100次/秒",
		"频率很高":               "",
	} {
		if got := rateIn(text); got != want {
			t.Errorf("%s: %q, wanted %q", text, got, want)
		}
	}
	for text, want := range map[string]bool{
		"是否支持幂等：是": true, "是否支持幂等: 否": false, "是否幂等：支持": true, "支持幂等： 是": true,
		"Idempotent: Yes": true, "幂等": false,
	} {
		op := &Operation{Method: "POST"}
		if op.overview(text); op.Idempotent != want {
			t.Errorf("%s: %v", text, op.Idempotent)
		}
	}
}

func TestAddresses(t *testing.T) {
	for text, want := range map[string][]address{
		"请求方式：【POST】/v3/meal/orders\n请求域名：【主域名】https://api.mch.weixin.qq.com 使用该域名": {
			{"/v3/meal/orders", ""},
		},
		"请求方式:【GET】`/v3/meal/orders/{no}`": {
			{"/v3/meal/orders/{no}", ""},
		},
		"请求方式：【GET】/v3/meal/orders/｛no｝?mchid={mchid}": {
			{"/v3/meal/orders/{no}", ""},
		},
		"请求域名：【主域名】https://apihk.mch.weixin.qq.com\n请求方式：【POST】/v3/meal/orders": {
			{"/v3/meal/orders", "https://apihk.mch.weixin.qq.com/"},
		},
		"Request URL: https://apihk.mch.weixin.qq.com/v3/global/x/id/{id}\n OR\n https://apihk.mch.weixin.qq.com/v3/global/x/no/{no}": {
			{"/v3/global/x/id/{id}", "https://apihk.mch.weixin.qq.com/"},
			{"/v3/global/x/no/{no}", "https://apihk.mch.weixin.qq.com/"}},
		"请求URL：https://api.mch.weixin.qq.com/v3/meal/orders。": {{"/v3/meal/orders", ""}},
		"【POST】/brand/meal/orders/":                           {{"/brand/meal/orders/", ""}},
		"请求方式：【POST】/v3/meal/:id/close":                       {{"/v3/meal/{id}/close", ""}},
		"https://pay.weixin.qq.com/doc/v3/merchant/4012":      nil,
	} {
		if got := addressesIn(text); !slices.Equal(got, want) {
			t.Errorf("%s: %v, wanted %v", text, got, want)
		}
	}
}
