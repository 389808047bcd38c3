import { ObjectDoesNotExist } from "@tsgo/core/exceptions";

/** A relation to one row has none. */
export class RelatedObjectDoesNotExist extends ObjectDoesNotExist {}
