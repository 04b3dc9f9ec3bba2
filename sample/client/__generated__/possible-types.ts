
      export interface PossibleTypesResultData {
        possibleTypes: {
          [key: string]: string[]
        }
      }
      const result: PossibleTypesResultData = {
  "possibleTypes": {
    "AddFundsResult": [
      "FundsInvalid",
      "IdempotencyKeyReused",
      "Wallet",
      "WalletFull"
    ],
    "BookStayResult": [
      "Booking",
      "DatesTaken",
      "HostsCannotBook",
      "IdempotencyKeyReused",
      "ListingClosed",
      "ListingNotFound",
      "StayInvalid"
    ],
    "CancelBookingResult": [
      "Booking",
      "BookingBusy",
      "BookingNotFound",
      "StayBegun"
    ],
    "CloseListingResult": [
      "Listing",
      "ListingBusy",
      "ListingNotFound",
      "NotYourListing"
    ],
    "CreateListingResult": [
      "Listing",
      "ListingInvalid",
      "NotAHost"
    ],
    "Failure": [
      "AlreadyReviewed",
      "BookingBusy",
      "BookingNotFound",
      "DatesTaken",
      "FundsInvalid",
      "HostsCannotBook",
      "IdempotencyKeyReused",
      "ListingBusy",
      "ListingClosed",
      "ListingInvalid",
      "ListingNotFound",
      "NotAHost",
      "NotYourListing",
      "NotYourStay",
      "ProfileInvalid",
      "ReviewInvalid",
      "StayBegun",
      "StayCancelled",
      "StayInvalid",
      "StayNotOver",
      "WalletFull"
    ],
    "QuoteResult": [
      "Quote",
      "StayInvalid"
    ],
    "ReviewSubject": [
      "Guest",
      "Host",
      "Listing"
    ],
    "UpdateListingResult": [
      "Listing",
      "ListingBusy",
      "ListingInvalid",
      "ListingNotFound",
      "NotYourListing"
    ],
    "UpdateProfileResult": [
      "Guest",
      "Host",
      "ProfileInvalid"
    ],
    "User": [
      "Guest",
      "Host"
    ],
    "WriteReviewResult": [
      "AlreadyReviewed",
      "NotYourStay",
      "Review",
      "ReviewInvalid",
      "StayCancelled",
      "StayNotOver"
    ]
  }
};
      export default result;
    