package e2e

import (
	"context"
	"errors"
	"net/http"
	"reflect"
	"testing"
	"time"

	"github.com/wxgen/wxgen/generated/v3/payrollcard"
	"github.com/wxgen/wxgen/generated/wechatpay"
	"github.com/wxgen/wxgen/wxpay"
)

// This file calls payroll-card with literal Go, as a user does, and with literal JSON.

// payroll is one call of the service: the server's reply, the expected request, and the expected
// result.
type payroll struct {
	name   string
	call   func(context.Context, *wechatpay.Client) (any, error)
	method string
	path   string // with its query
	body   string
	sealed map[string]string // paths of the body's sealed fields, and their clear text
	answer string            // "" is 204
	want   any
}

var payrollCalls = []payroll{
	{
		name: "CreateToken",
		call: func(ctx context.Context, c *wechatpay.Client) (any, error) {
			return c.V3().PayrollCard().Tokens().Post(ctx, payrollcard.CreateTokenRequest{
				OpenID: "9x111111", SubMchID: "1111111", UserName: wxpay.NewSecret("张三"),
				IDCardNumber:   wxpay.NewSecret("110101199003071234"),
				EmploymentType: payrollcard.EmploymentTypeShortTermEmployment,
			})
		},
		method: "POST", path: "/v3/payroll-card/tokens",
		body:   `{"openid":"9x111111","sub_mchid":"1111111","employment_type":"SHORT_TERM_EMPLOYMENT"}`,
		sealed: map[string]string{"user_name": "张三", "id_card_number": "110101199003071234"},
		answer: `{"openid":"9x111111","mchid":"1900000109","sub_mchid":"1111111","token":"abc","expires_in":300}`,
		want: &payrollcard.CreateTokenResponse{OpenID: "9x111111", MchID: "1900000109",
			SubMchID: "1111111", Token: "abc", ExpiresIn: 300},
	},
	{
		name: "GetRelation",
		call: func(ctx context.Context, c *wechatpay.Client) (any, error) {
			return c.V3().PayrollCard().Relations().ByOpenID("9x/1 1").Get(ctx,
				payrollcard.GetRelationRequest{SubMchID: "1111111", AppID: "wx&1"})
		},
		method: "GET", path: "/v3/payroll-card/relations/9x%2F1%201?sub_mchid=1111111&appid=wx%261",
		answer: `{"openid":"9x111111","mchid":"1900000109","sub_mchid":"1111111","authorize_state":"AUTHORIZED","register_state":"NEVER_SEEN"}`,
		want: &payrollcard.GetRelationResponse{OpenID: "9x111111", MchID: "1900000109",
			SubMchID:       "1111111",
			AuthorizeState: payrollcard.AuthorizeStateAuthorized, RegisterState: "NEVER_SEEN"},
	},
	{
		name: "PreOrder",
		call: func(ctx context.Context, c *wechatpay.Client) (any, error) {
			return c.V3().PayrollCard().Authentications().PreOrder().Post(ctx,
				payrollcard.PreOrderRequest{
					OpenID: "o1", SubMchID: "1111111", AuthenticateNumber: "n1", ProjectName: "某项目",
					EmployerName:     "某单位",
					AuthenticateType: payrollcard.AuthenticateTypeContract,
				})
		},
		method: "POST", path: "/v3/payroll-card/authentications/pre-order",
		body:   `{"openid":"o1","sub_mchid":"1111111","authenticate_number":"n1","project_name":"某项目","employer_name":"某单位","authenticate_type":"CONTRACT"}`,
		answer: `{"authenticate_number":"n1","openid":"o1","mchid":"1900000109","sub_mchid":"1111111","token":"t","expires_in":60,"added_later":[1]}`,
		want: &payrollcard.PreOrderResponse{AuthenticateNumber: "n1", OpenID: "o1",
			MchID: "1900000109", SubMchID: "1111111", Token: "t", ExpiresIn: 60},
	},
	{
		name: "PreOrderWithAuth",
		call: func(ctx context.Context, c *wechatpay.Client) (any, error) {
			return preOrderWithAuth(ctx, c)
		},
		method: "POST", path: "/v3/payroll-card/authentications/pre-order-with-auth",
		body: `{"openid":"onqOjjmo8wmTOOtSKwXtGjg9Gb58","sub_mchid":"1111111","authenticate_number":"mcdhehfgisdhfjghed39384564i83",
			"project_name":"某项目","employer_name":"某用工企业","employment_type":"LONG_TERM_EMPLOYMENT","authenticate_type":"SIGN_IN"}`,
		sealed: map[string]string{"user_name": "张三", "id_card_number": "110101199003071234"},
		answer: `{"authenticate_number":"n1","openid":"o1","mchid":"1900000109","sub_mchid":"1111111","token":"t","expires_in":9007199254740993}`,
		want: &payrollcard.PreOrderWithAuthResponse{AuthenticateNumber: "n1", OpenID: "o1",
			MchID: "1900000109", SubMchID: "1111111", Token: "t", ExpiresIn: 9007199254740993},
	},
	{
		name: "GetAuthentication",
		call: func(ctx context.Context, c *wechatpay.Client) (any, error) {
			return c.V3().PayrollCard().Authentications().ByAuthenticateNumber("n1").Get(ctx,
				payrollcard.GetAuthenticationRequest{SubMchID: "1111111"})
		},
		method: "GET", path: "/v3/payroll-card/authentications/n1?sub_mchid=1111111",
		answer: `{"mchid":"1900000109","sub_mchid":"1111111","openid":"o1","authenticate_scene":"FROM_HARDWARE","authenticate_source":"s","project_name":"p",
			"employer_name":"e","authenticate_state":"AUTHENTICATE_FAILED","authenticate_time":"2020-12-25T10:00:00+08:00","authenticate_number":"n1",
			"authenticate_failed_reason":"r","authenticate_type":"NORMAL"}`,
		want: &payrollcard.GetAuthenticationResponse{MchID: "1900000109", SubMchID: "1111111",
			OpenID:            "o1",
			AuthenticateScene: payrollcard.AuthenticateSceneFromHardware, AuthenticateSource: "s",
			ProjectName: "p", EmployerName: "e",
			AuthenticateState:  payrollcard.AuthenticateStateAuthenticateFailed,
			AuthenticateTime:   at("2020-12-25T10:00:00+08:00"),
			AuthenticateNumber: "n1", AuthenticateFailedReason: "r",
			AuthenticateType: payrollcard.RecordedAuthenticateTypeNormal},
	},
	{
		name: "ListAuthentications",
		call: func(ctx context.Context, c *wechatpay.Client) (any, error) {
			return c.V3().PayrollCard().Authentications().Get(ctx,
				payrollcard.ListAuthenticationsRequest{
					OpenID: "o1", SubMchID: "1111111", AuthenticateDate: "2020-12-25",
					AuthenticateState: payrollcard.AuthenticateStateAuthenticateSuccess,
					Offset:            new(int64(0)), Limit: new(int64(10)),
				})
		},
		method: "GET",
		path: "/v3/payroll-card/authentications?openid=o1&sub_mchid=1111111&" +
			"authenticate_date=2020-12-25&authenticate_state=AUTHENTICATE_SUCCESS&offset=0&" +
			"limit=10",
		answer: `{"data":[{"mchid":"1","sub_mchid":"2","openid":"o1","authenticate_scene":"FROM_MINI_APP","authenticate_source":"s","project_name":"p",
			"employer_name":"e","authenticate_state":"AUTHENTICATE_SUCCESS","authenticate_time":"2020-12-25T10:00:00+08:00","authenticate_number":"n1"}],"total_count":1,"offset":0,"limit":10}`,
		want: &payrollcard.ListAuthenticationsResponse{TotalCount: 1, Limit: 10,
			Data: []payrollcard.AuthenticationRecord{{
				MchID: "1", SubMchID: "2", OpenID: "o1",
				AuthenticateScene:  payrollcard.AuthenticateSceneFromMiniApp,
				AuthenticateSource: "s",
				ProjectName:        "p", EmployerName: "e",
				AuthenticateState: payrollcard.AuthenticateStateAuthenticateSuccess,
				AuthenticateTime:  at("2020-12-25T10:00:00+08:00"), AuthenticateNumber: "n1",
			}}},
	},
	{
		name: "CreateTransferBatch",
		call: func(ctx context.Context, c *wechatpay.Client) (any, error) {
			return c.V3().PayrollCard().TransferBatches().Post(ctx,
				payrollcard.CreateTransferBatchRequest{
					SubMchID:          "1111111",
					AuthorizationType: payrollcard.AuthorizationTypeFundAuthorizationType,
					OutBatchNo:        "b1", BatchName: "n", BatchRemark: "r",
					TotalAmount: 300, TotalNum: 2,
					EmploymentType:  payrollcard.EmploymentTypeCooperationEmployment,
					EmploymentScene: payrollcard.EmploymentSceneHotel,
					TransferDetailList: []payrollcard.TransferDetail{
						{OutDetailNo: "d1", TransferAmount: 100, TransferRemark: "一", OpenID: "o1",
							UserName: wxpay.NewSecret("张三")},
						{OutDetailNo: "d2", TransferAmount: 200, TransferRemark: "二", OpenID: "o2",
							UserName: wxpay.NewSecret("李四")},
					},
				})
		},
		method: "POST", path: "/v3/payroll-card/transfer-batches",
		body: `{"sub_mchid":"1111111","authorization_type":"FUND_AUTHORIZATION_TYPE","out_batch_no":"b1","batch_name":"n","batch_remark":"r","total_amount":300,"total_num":2,
			"transfer_detail_list":[{"out_detail_no":"d1","transfer_amount":100,"transfer_remark":"一","openid":"o1"},
			{"out_detail_no":"d2","transfer_amount":200,"transfer_remark":"二","openid":"o2"}],
			"employment_type":"COOPERATION_EMPLOYMENT","employment_scene":"HOTEL"}`,
		sealed: map[string]string{"transfer_detail_list.0.user_name": "张三",
			"transfer_detail_list.1.user_name": "李四"},
		answer: `{"out_batch_no":"b1","batch_id":"i1","create_time":"2020-12-25T10:00:00+08:00"}`,
		want: &payrollcard.CreateTransferBatchResponse{OutBatchNo: "b1", BatchID: "i1",
			CreateTime: wxpay.NewTime(time.Date(2020, 12, 25, 2, 0, 0, 0, time.UTC))},
	},
	{
		name: "ValidateToken",
		call: func(ctx context.Context, c *wechatpay.Client) (any, error) {
			return c.V3().PayrollCard().Wesure().TokenValidations().Post(ctx,
				payrollcard.ValidateTokenRequest{
					SpMchID: "1900000109", SubMchID: "1111111", Token: "t",
					UserName:     wxpay.NewSecret("张三"),
					IDCardNumber: wxpay.NewSecret("110101199003071234"),
				})
		},
		method: "POST", path: "/v3/payroll-card/wesure/token-validations",
		body:   `{"sp_mchid":"1900000109","sub_mchid":"1111111","token":"t"}`,
		sealed: map[string]string{"user_name": "张三", "id_card_number": "110101199003071234"},
		answer: `{"result":"PASS","openid":"o1"}`,
		want:   &payrollcard.ValidateTokenResponse{Result: "PASS", OpenID: "o1"},
	},
	{
		name: "ReportInsurance",
		call: func(ctx context.Context, c *wechatpay.Client) (any, error) {
			until := time.Date(2018, 6, 8, 10, 34, 56, 0, time.FixedZone("", 8*60*60))
			return nil, c.V3().PayrollCard().Wesure().Insurance().Post(ctx,
				payrollcard.ReportInsuranceRequest{
					SpMchID: "1900000109", WesureOrderNo: "w1", Token: "t",
					InsuranceCompanyOrderNo: "c1", OpenID: "o1", InsureState: "INSURE_SUCCESS",
					InsureEffectTime: wxpay.NewTime(until), InsureInvalidTime: wxpay.NewTime(until),
					InsuranceCompanyName: "平安",
				})
		},
		method: "POST", path: "/v3/payroll-card/wesure/insurance",
		body: `{"sp_mchid":"1900000109","wesure_order_no":"w1","token":"t","insurance_company_order_no":"c1","openid":"o1","insure_state":"INSURE_SUCCESS",
			"insure_effect_time":"2018-06-08T10:34:56+08:00","insure_invalid_time":"2018-06-08T10:34:56+08:00","insurance_company_name":"平安"}`,
	},
}

// preOrderWithAuth is the call in the README.
func preOrderWithAuth(ctx context.Context, client *wechatpay.Client,
	opts ...wxpay.CallOption) (*payrollcard.PreOrderWithAuthResponse, error) {
	resp, err := client.V3().PayrollCard().Authentications().PreOrderWithAuth().Post(ctx,
		payrollcard.PreOrderWithAuthRequest{
			OpenID:             "onqOjjmo8wmTOOtSKwXtGjg9Gb58",
			SubMchID:           "1111111",
			AuthenticateNumber: "mcdhehfgisdhfjghed39384564i83",
			ProjectName:        "某项目",
			EmployerName:       "某用工企业",
			// encrypted on the wire, redacted in logs
			UserName:         wxpay.NewSecret("张三"),
			IDCardNumber:     wxpay.NewSecret("110101199003071234"), // the same
			EmploymentType:   payrollcard.EmploymentTypeLongTermEmployment,
			AuthenticateType: payrollcard.AuthenticateTypeSignIn,
		}, opts...)
	return resp, err
}

// TestPayrollCard makes all nine calls of the service.
func TestPayrollCard(t *testing.T) {
	s := newServer(t)
	client := newClient(t, s)
	for _, c := range payrollCalls {
		t.Run(c.name, func(t *testing.T) {
			s.expect(&reply{status: http.StatusOK, kind: "application/json",
				body: []byte(c.answer)})
			if c.answer == "" {
				s.expect(&reply{status: http.StatusNoContent})
			}
			got, err := c.call(t.Context(), client)
			if err != nil {
				t.Fatal(err)
			}
			if !equalTimes(got, c.want) {
				t.Errorf("got %+v, wanted %+v", got, c.want)
			}
			c.check(t, s.saw())
		})
	}
}

// equalTimes is reflect.DeepEqual, but ignores the zones of times.
func equalTimes(got, want any) bool {
	if g, ok := got.(*payrollcard.CreateTransferBatchResponse); ok {
		w := *want.(*payrollcard.CreateTransferBatchResponse)
		if !g.CreateTime.Equal(w.CreateTime.Time) {
			return false
		}
		w.CreateTime = g.CreateTime
		want = &w
	}
	return reflect.DeepEqual(got, want)
}

// check compares the received request with the expected one.
func (c *payroll) check(t *testing.T, seen []*request) {
	if len(seen) != 1 {
		t.Fatalf("the server saw %d requests, wanted 1", len(seen))
	}
	r := seen[0]
	target := r.path
	if r.rawQuery != "" {
		target += "?" + r.rawQuery
	}
	if r.method != c.method || target != c.path {
		t.Errorf("sent %s %s, wanted %s %s", r.method, target, c.method, c.path)
	}
	if serial := r.header.Get("Wechatpay-Serial"); serial != platformNo {
		t.Errorf("Wechatpay-Serial is %q, wanted %q", serial, platformNo)
	}
	if c.body == "" {
		if len(r.body) > 0 {
			t.Errorf("sent the body %s, wanted none", r.body)
		}
		return
	}
	want, err := decode([]byte(c.body))
	if err != nil {
		t.Fatal(err)
	}
	for path, clear := range c.sealed {
		insert(want, path, secret(clear))
	}
	got, err := decode(r.body)
	if err != nil {
		t.Fatal(err)
	}
	for _, fault := range same("body", want, got, r.open) {
		t.Error(fault)
	}
}

// TestPayrollCardIncomplete checks that the error names every missing field, and that nothing is
// sent.
func TestPayrollCardIncomplete(t *testing.T) {
	s := newServer(t)
	_, err := newClient(t, s).V3().PayrollCard().TransferBatches().Post(t.Context(),
		payrollcard.CreateTransferBatchRequest{
			OutBatchNo: "b1", TransferDetailList: []payrollcard.TransferDetail{{OpenID: "o1"},
				{OutDetailNo: "d2"}},
		})
	var invalid *wxpay.InvalidError
	if !errors.As(err, &invalid) {
		t.Fatalf("%v, wanted a *wxpay.InvalidError", err)
	}
	want := []string{"sub_mchid", "authorization_type", "batch_name", "batch_remark",
		"transfer_detail_list[0].out_detail_no", "transfer_detail_list[0].transfer_remark",
		"transfer_detail_list[0].user_name",
		"transfer_detail_list[1].transfer_remark", "transfer_detail_list[1].openid",
		"transfer_detail_list[1].user_name"}
	if !reflect.DeepEqual(invalid.Fields, want) {
		t.Errorf("missing are %q, wanted %q", invalid.Fields, want)
	}
	for _, value := range []string{"", ".", ".."} {
		_, err := newClient(t, s).V3().PayrollCard().Relations().ByOpenID(value).Get(t.Context(),
			payrollcard.GetRelationRequest{SubMchID: "1"})
		if !errors.As(err, &invalid) {
			t.Errorf("the path value %q: %v, wanted a *wxpay.InvalidError", value, err)
		}
	}
	if n := len(s.saw()); n != 0 {
		t.Errorf("%d requests were sent", n)
	}
}

// at is the time of a reply's date-time.
func at(text string) (t wxpay.Time) {
	if err := t.UnmarshalText([]byte(text)); err != nil {
		panic(err)
	}
	return t
}
