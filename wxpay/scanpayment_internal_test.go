package wxpay

import "testing"

// The example of WeChat Pay's document on signatures of APIv2, chapter 4_3.
func TestSignV2(t *testing.T) {
	const sorted = "appid=wxd930ea5d5a258f4f&body=test&device_info=1000&mch_id=10000100&" +
		"nonce_str=ibuaiVcKdpRxkhJA"
	if got := signV2(sorted, "192006250b4c09247ec02edce69f6a2d"); got !=
		"9A0A8659F005D6984697E2CA0A9CF3B7" {
		t.Error(got)
	}
}
