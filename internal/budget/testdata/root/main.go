// Command root makes one call from the root of the chain.
package main

import (
	"context"
	"fmt"
	"os"

	"github.com/wxgen/wxgen/generated/v3/payrollcard"
	"github.com/wxgen/wxgen/generated/wechatpay"
	"github.com/wxgen/wxgen/wxpay"
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run() error {
	key, err := wxpay.LoadPrivateKey(os.Args[1])
	if err != nil {
		return err
	}
	pub, err := wxpay.LoadPublicKey(os.Args[2])
	if err != nil {
		return err
	}
	client, err := wechatpay.New(wxpay.Config{
		MchID: "1900000001", SerialNo: "5157F09EFDC096DE15EBE81A47057A72", PrivateKey: key,
		PlatformKeys: wxpay.PlatformKeys{"PUB_KEY_ID_0114232134912410000000000000": pub},
	})
	if err != nil {
		return err
	}
	resp, err := client.V3().PayrollCard().Authentications().PreOrder().Post(context.Background(),
		payrollcard.PreOrderRequest{OpenID: "o"})
	if err != nil {
		return err
	}
	fmt.Println(resp.Token)
	return nil
}
