// Whether the AWS SDK for Go goes on working over three renewals of sessions that are cut short.
//
// usage: keyless exec --refresh … -- refreshed_go
package main

import (
	"context"
	"fmt"
	"log"
	"os"
	"time"

	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/credentials/endpointcreds"
	"github.com/aws/aws-sdk-go-v2/service/sts"
)

func main() {
	log.SetFlags(0)
	// Before November 2023 the SDKs did not know the token's file, and Debian's is of 2022.
	token, err := os.ReadFile(os.Getenv("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"))
	check(err)
	check(os.Setenv("AWS_CONTAINER_AUTHORIZATION_TOKEN", string(token)))

	settings, err := config.LoadDefaultConfig(context.Background())
	check(err)
	client := sts.NewFromConfig(settings, func(options *sts.Options) {
		options.EndpointResolver = sts.EndpointResolverFromURL(os.Getenv("AWS_ENDPOINT_URL_STS"))
	})
	keys := map[string]bool{}
	for end := time.Now().Add(time.Minute); len(keys) < 4 && time.Now().Before(end); {
		_, err := client.GetCallerIdentity(context.Background(), nil)
		check(err)
		credentials, err := settings.Credentials.Retrieve(context.Background())
		check(err)
		if credentials.Source != endpointcreds.ProviderName {
			log.Fatal("from another place: ", credentials.Source)
		}
		keys[credentials.AccessKeyID] = true
	}
	fmt.Println(len(keys), "sessions")
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
